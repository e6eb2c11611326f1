// Every call to Vercel goes wrong in every way, for a first deployment and for one after another that people see. Whatever
// happens: no project is left that shows nothing, people see what they saw or what is new, the error says what to do, and
// the same again finishes it without a twin.
import { rm } from 'node:fs/promises'
import { createVercelDeployer, DeployError } from '@opsai/apps/deploy'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeFolder, writeSmallApp } from './small-app.js'
import { type FaultKind, faultKinds, type Faults, type VercelStep } from './vercel-faults.js'
import { listenVercel, type VercelServer } from './vercel-server.js'
import type { VercelWorld } from './vercel-world.js'

const token = 'the-token-of-the-platform'
const former = { DATABASE_URL: 'postgres://former:pw-of-the-former@db.example/warehouse' }
const env = { DATABASE_URL: 'postgres://t_1_app:pw-of-the-tenant@db.example/warehouse' }

const steps: VercelStep[] = [
  'find project',
  'create project',
  'update project',
  'delete project',
  'write env',
  'upload file',
  'list deployments',
  'create deployment',
  'get deployment',
  'read events',
  'promote',
  'roll back',
]
/** What must go well on its own when it happens once. */
const passing: FaultKind[] = ['429, at once', '500', '503 as a page', 'lost before', 'lost after', 'silent']
/** Where clearing away needs the very call that does not work: the error has to say so. */
const needed: VercelStep[] = ['find project', 'delete project', 'roll back']

interface Cell {
  step: VercelStep
  kind: FaultKind
  times: 'once' | 'always'
  situation: 'first' | 'again'
}

const cells: Cell[] = steps.flatMap((step) =>
  faultKinds.flatMap((kind) =>
    (['once', 'always'] as const).flatMap((times) =>
      // Silence costs the whole time a call may take, each time.
      kind === 'silent' && times === 'always'
        ? []
        : (['first', 'again'] as const).map((situation) => ({ step, kind, times, situation })),
    ),
  ),
)

let folder: string
beforeAll(async () => {
  folder = await makeFolder()
  await writeSmallApp(folder, { version: 'one' })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What makes Vercel be called at this step at all. */
function provoke({ coming }: VercelWorld, step: VercelStep): boolean {
  if (step === 'read events' || step === 'delete project') coming.end = 'ERROR'
  if (step === 'roll back') Object.assign(coming, { serves: true, health: 503 })
  return step === 'read events' || step === 'delete project' || step === 'roll back'
}

interface Verdict {
  cell: Cell
  outcome: string
  wrong: string[]
}

async function runCell(cell: Cell): Promise<Verdict> {
  const faults: Faults = []
  const vercel = await listenVercel({ token, faults })
  const deployer = createVercelDeployer({
    token,
    baseUrl: vercel.url,
    fetch: vercel.fetch,
    pollMs: 2,
    retryPauseMs: 2,
    healthTimeoutMs: 20,
    promoteTimeoutMs: 300,
    callTimeoutMs: 3_000,
  })
  try {
    const before =
      cell.situation === 'again' ? await deployer.deploy({ name: 'acme', directory: folder, env: former }) : undefined
    const mustFail = provoke(vercel.world, cell.step)
    faults.push({ step: cell.step, kind: cell.kind, times: cell.times === 'once' ? 1 : Infinity })
    const deploying = deployer.deploy({ name: 'acme', directory: folder, env })
    const error = await deploying.then(
      () => undefined,
      (thrown: unknown) => thrown as DeployError,
    )
    const wrong = [
      ...judgeError(cell, error, mustFail),
      ...(await judgeWorld(cell, vercel, before?.deploymentId, error)),
      ...(await judgeRepeat(vercel, faults, () => deployer.deploy({ name: 'acme', directory: folder, env }))),
    ]
    return { cell, outcome: error ? (error.retryable ? 'later' : 'mend') : 'done', wrong }
  } finally {
    await vercel.close()
  }
}

function judgeError({ kind, times }: Cell, error: DeployError | undefined, mustFail: boolean): string[] {
  if (error === undefined) return mustFail ? ['it says it is done'] : []
  const text = `${error.message} ${error.remedy} ${error.stack} ${JSON.stringify(error)}`
  return [
    ...(!mustFail && times === 'once' && passing.includes(kind) ? [`it fails: ${error.message}`] : []),
    ...(error instanceof DeployError ? [] : [`no DeployError: ${String(error)}`]),
    ...(error.remedy.length > 20 ? [] : ['it does not say what to do']),
    ...(/the-token-of-the-platform|pw-of-the/.test(text) ? ['it holds a secret'] : []),
  ]
}

async function judgeWorld(
  cell: Cell,
  vercel: VercelServer,
  before: string | undefined,
  error: DeployError | undefined,
): Promise<string[]> {
  const { projects, findProject } = vercel.world
  for (const project of projects.values()) vercel.world.finishAliasRequest(project)
  const production = findProject('acme')?.productionId
  const isTold =
    needed.includes(cell.step) && /could not be cleared away|remove or rename it in Vercel/.test(error?.remedy ?? '')
  const seen = await vercel.fetch('https://acme.vercel.app/').then((answer) => answer.text())
  const wrong: string[] = []
  if (projects.size > 1) wrong.push(`${projects.size} projects`)
  if (error && !before && projects.size > 0 && production === undefined && !isTold) wrong.push('an orphan')
  if (error && before && production !== before && !isTold) wrong.push('people see something else')
  if (error && before && !isTold && !seen.includes('pw-of-the-former')) wrong.push('the former has other settings')
  if (!error && (production === before || !seen.includes('pw-of-the-tenant')))
    wrong.push('people do not see what is new')
  return wrong
}

async function judgeRepeat(
  vercel: VercelServer,
  faults: Faults,
  deploy: () => Promise<{ deploymentId: string }>,
): Promise<string[]> {
  faults.splice(0)
  Object.assign(vercel.world.coming, { end: 'READY', health: 200, serves: false })
  for (const one of vercel.world.deployments.values()) one.health = 200
  const { deploymentId } = await deploy()
  const alive = [...vercel.world.deployments.values()].filter(
    (one) => one.readyState === 'READY' && one.env.DATABASE_URL === env.DATABASE_URL,
  )
  const project = vercel.world.findProject('acme')
  return [
    ...(project?.productionId === deploymentId ? [] : ['the same again does not finish it']),
    ...(alive.length === 1 ? [] : [`${alive.length} deployments of the same`]),
    ...(vercel.world.projects.size === 1 ? [] : ['a twin']),
  ]
}

/** Nothing may hang. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('it has not ended after 30 s')), 30_000)
  })
  return await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

test(`${cells.length} failures: every step × every way, first and again`, async () => {
  const verdicts: Verdict[] = []
  const rest = [...cells]
  const lane = async () => {
    for (let cell = rest.shift(); cell; cell = rest.shift()) {
      const one = cell
      verdicts.push(
        await inTime(runCell(one)).catch((error: unknown) => ({ cell: one, outcome: 'broke', wrong: [String(error)] })),
      )
    }
  }
  await Promise.all([lane(), lane(), lane(), lane()])
  console.log(printTable(verdicts))
  const wrong = verdicts
    .filter((one) => one.wrong.length > 0)
    .map(({ cell, wrong }) => `${Object.values(cell).join(' · ')}: ${wrong.join(', ')}`)
  expect(wrong).toEqual([])
  expect(verdicts).toHaveLength(cells.length)
})

/** Of each way once and always: `done`, or an error that says deploy again `later` or what to `mend` first. */
function printTable(verdicts: readonly Verdict[]): string {
  const toCell = (step: VercelStep, kind: FaultKind) =>
    (['once', 'always'] as const)
      .map((times) => {
        const found = verdicts.filter(({ cell }) => cell.step === step && cell.kind === kind && cell.times === times)
        const outcomes = found.map(({ outcome, wrong }) => (wrong.length > 0 ? `${outcome}!` : outcome))
        return [...new Set(outcomes)].join('|') || '-'
      })
      .join(' / ')
  const header = ['once / always', ...steps]
  const rows = faultKinds.map((kind) => [kind, ...steps.map((step) => toCell(step, kind))])
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)))
  const lines = [header, ...rows].map((row) => row.map((text, column) => text.padEnd(widths[column] ?? 0)).join('  '))
  const count = (outcome: string) => verdicts.filter((one) => one.outcome === outcome).length
  const wrong = verdicts.filter((one) => one.wrong.length > 0).length
  return `${lines.join('\n')}\n${verdicts.length} cells: ${count('done')} done, ${count('later')} to be done later, ${count('mend')} to be mended, ${wrong} wrong`
}
