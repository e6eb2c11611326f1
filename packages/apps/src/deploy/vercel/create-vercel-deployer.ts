// Apps as projects in Vercel, one each. Built there, looked at, and only then what people see.
import { requireAppName } from '../app-name.js'
import { blankSecrets } from '../blank-secrets.js'
import {
  type AppToDeploy,
  type Deployed,
  type Deployer,
  DeployError,
  type DeployedState,
  type DeployStep,
} from '../deployer.js'
import { createTurns } from '../turns.js'
import { within } from '../within.js'
import { cleanUp } from './clean-up.js'
import { checkHealth, ensureDeployment, promote, waitUntilBuilt, type Work } from './deployment.js'
import { explain, VercelFailure } from './failure.js'
import { ensureProject, productionOf, removeProject, requireOurs, writeEnv } from './project.js'
import { readFiles, toFingerprint } from './read-files.js'
import { createRetrying } from './retrying.js'
import { toSettings, type VercelDeployerOptions } from './settings.js'
import { createVercelApi } from './vercel-api.js'
import type { VercelProject } from './answers.js'

const CLEAN_UP_TIMEOUT_MS = 60_000
const UPLOADS_AT_A_TIME = 5

/**
 * Deploys apps to Vercel by its REST API. A project is made for an app once and marked as made here (`OPSAI_APP`); one that
 * isn't marked is refused. Settings become sensitive variables; no `.env` file is uploaded.
 *
 * @example
 * const deployer = createVercelDeployer({ token: process.env.VERCEL_TOKEN, teamId: 'team_…' })
 * const { url } = await deployer.deploy({ name: 'acme', directory: 'apps/acme', env })
 */
export function createVercelDeployer(options: VercelDeployerOptions): Deployer & { readonly target: 'vercel' } {
  const settings = toSettings(options)
  const closing = new AbortController()
  const turns = createTurns()

  const toWork = (signal: AbortSignal): Work => ({
    api: createVercelApi(settings, signal),
    retrying: createRetrying(settings.retryPauseMs, signal),
    signal,
    pollMs: settings.pollMs,
  })

  const run = async <T>(
    name: string,
    signal: AbortSignal | undefined,
    work: (work: Work) => Promise<T>,
    env = {},
  ): Promise<T> => {
    requireAppName(name)
    const either = AbortSignal.any([closing.signal, ...(signal ? [signal] : [])])
    try {
      return await turns(name, () => work(toWork(either)), either)
    } catch (error) {
      throw toDeployError('preparing', error, either, { VERCEL_TOKEN: settings.token, ...env })
    }
  }

  const deploy = async (
    work: Work,
    app: AppToDeploy,
    tell: (step: DeployStep, message: string) => void,
  ): Promise<Deployed> => {
    let step: DeployStep = 'preparing'
    let project: VercelProject | undefined
    let former: string | undefined
    let deploymentId: string | undefined
    let fingerprint: string | undefined
    const next = (now: DeployStep, message: string) => {
      step = now
      tell(now, message)
    }
    try {
      next('preparing', 'Making its project in Vercel ready')
      const files = await readFiles(app.directory)
      project = await ensureProject(work.api, work.retrying, app.name)
      former = productionOf(project)
      await writeEnv(work.api, work.retrying, project, app.env)
      next('uploading', 'Uploading the app')
      await inParts(files, UPLOADS_AT_A_TIME, ({ bytes }) => work.retrying(() => work.api.uploadFile(bytes)))
      next('building', 'Building the app in Vercel')
      fingerprint = toFingerprint(files, app.env, settings.token)
      deploymentId = await ensureDeployment(work, project, files, fingerprint)
      const built = await waitUntilBuilt(work, deploymentId, app, settings.buildTimeoutMs)
      if (settings.health) {
        next('checking', 'Waiting until the new build answers')
        await checkHealth(work, built, settings.health)
      }
      next('promoting', 'Leading people to the new build')
      const promoted = await promote(work, project, deploymentId, settings.promoteTimeoutMs)
      return { url: toUrl(promoted) ?? `https://${built.url}`, deploymentId }
    } catch (error) {
      const failed = { name: app.name, projectId: project?.id, former, deploymentId, fingerprint }
      const left = await within(CLEAN_UP_TIMEOUT_MS, new AbortController().signal, (time) => {
        const { api, retrying } = toWork(time)
        return cleanUp(api, retrying, failed)
      })
      const told = toDeployError(step, error, work.signal, { VERCEL_TOKEN: settings.token, ...app.env })
      if (isGone(error) && step !== 'preparing')
        throw new ProjectGone(told.step, told.message, told.remedy, told.retryable)
      throw left === undefined
        ? told
        : new DeployError(told.step, told.message, `${told.remedy} ${left}`, told.retryable)
    }
  }

  return {
    target: 'vercel',
    async deploy(app, { signal, onProgress } = {}) {
      const tell = (step: DeployStep, message: string) => onProgress?.({ step, message })
      const work = (one: Work) =>
        // Another deployment of the same app that failed has taken the project with it: once more, from the beginning.
        deploy(one, app, tell).catch((error) =>
          error instanceof ProjectGone ? deploy(one, app, tell) : Promise.reject(error as Error),
        )
      return await run(app.name, signal, work, app.env)
    },
    async inspect(name, signal) {
      requireAppName(name)
      return await run(name, signal, async ({ api, retrying }) => toState(await retrying(() => api.findProject(name))))
    },
    async remove(name, signal) {
      await run(name, signal, async ({ api, retrying }) => {
        const project = await retrying(() => api.findProject(name))
        if (!project) return
        requireOurs(project, name)
        await removeProject(api, retrying, project)
      })
    },
    async close() {
      closing.abort()
    },
  }
}

/** The project was there and is no longer. */
class ProjectGone extends DeployError {}

const isGone = (error: unknown) => error instanceof VercelFailure && error.status === 404

function toState(project: VercelProject | undefined): DeployedState {
  if (!project) return { state: 'absent' }
  const deploymentId = productionOf(project)
  const url = toUrl(project)
  return deploymentId ? { state: 'running', deploymentId, ...(url && { url }) } : { state: 'stopped' }
}

/** The shortest of its addresses is the one people are given: the others name a team or a branch. */
function toUrl(project: VercelProject): string | undefined {
  const [alias] = [...(project.targets?.production?.alias ?? [])].sort((a, b) => a.length - b.length)
  return alias && `https://${alias}`
}

async function inParts<T>(items: readonly T[], atATime: number, work: (item: T) => Promise<unknown>): Promise<void> {
  const rest = [...items]
  const worker = async () => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: atATime }, worker)).finally(() => rest.splice(0))
}

/** Nothing that is secret is in it, whoever wrote the message. */
function toDeployError(
  step: DeployStep,
  error: unknown,
  signal: AbortSignal,
  secrets: Readonly<Record<string, string>>,
): DeployError {
  const known = error instanceof VercelFailure ? explain(step, error) : error
  if (known instanceof DeployError)
    return new DeployError(known.step, blankSecrets(known.message, secrets), known.remedy, known.retryable)
  if (signal.aborted)
    return new DeployError(step, 'The deployment was stopped before it was done.', 'Deploy again when you like.', true)
  const { code, name } = error as NodeJS.ErrnoException
  return new DeployError(
    step,
    `The app could not be deployed to Vercel (${code ?? name}).`,
    'See that the folder of the app is there and can be read.',
    true,
  )
}
