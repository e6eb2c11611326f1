// One kill -9 with a sign-in in every cell and some in flight, and what became of each after the restart.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Flow } from '@opsai/contract'
import { type Cell, type Kind, reach } from './cells.js'
import type { CrashWorld, Owner, Way } from './crash-world.js'
import { goOn, newSignIn, order, readFlow, type SignIn, steps } from './sign-in.js'

/** A sign-in the kill has caught, and its end. */
export interface Caught {
  cell: string
  kind: Kind
  way: Way
  /** As the database had it at the kill. */
  status: string
  outcome: Flow
  /** From the restarted proxy's first word. */
  seconds: number
  /** The source of a completed one: whether it can be used. */
  works?: boolean
}

export interface Round {
  kind: Kind
  cells: Cell[]
  /** Sign-ins that run freely while the proxy is killed. */
  roaming: number
  /** From 0 to 1, for when the kill comes. */
  random: () => number
}

/** The longest a sign-in may take from the restart to its end. */
export const withinMs = 30_000

export async function runRound(world: CrashWorld, { kind, cells, roaming, random }: Round): Promise<Caught[]> {
  const owner = await world.newOwner()
  const names = [...cells.map(({ name }) => name), ...Array.from({ length: roaming }, () => 'anywhere')]
  const sources = kind === 'again' ? await connect(world, owner, names.length) : []
  const signIns = names.map((_, index) => newSignIn(world, owner, sources[index]))
  for (const [index, cell] of cells.entries()) await reach(world, cell, signIns[index]!)
  for (const signIn of signIns.slice(cells.length)) void fly(signIn, random() * 600)
  await sleep(random() * 1_200)
  const statuses = await readStatuses(world)
  await world.kill()
  await world.start()
  const ready = Date.now()
  const caught = await Promise.all(
    signIns.map(async (signIn, index) => {
      const outcome = await goOn(signIn, withinMs)
      const seconds = (Date.now() - ready) / 1_000
      const status = statuses.get(signIn.fields.flowId) ?? 'none'
      return { cell: names[index]!, kind, way: world.way, status, outcome, seconds }
    }),
  )
  return await Promise.all(caught.map(async (one) => ({ ...one, ...(await tryOut(owner, one.outcome)) })))
}

/** So many sources that can be signed in again. */
async function connect(world: CrashWorld, owner: Owner, count: number): Promise<string[]> {
  const signIns = Array.from({ length: count }, () => newSignIn(world, owner))
  const flows = await Promise.all(signIns.map((signIn) => goOn(signIn, 120_000)))
  return flows.map(({ status, sourceId }) => {
    if (status !== 'completed' || !sourceId) throw new Error(`nothing to sign in again: ${status}`)
    return sourceId
  })
}

/** Every step after the other, until the kill. */
async function fly(signIn: SignIn, delayMs: number): Promise<void> {
  await sleep(delayMs)
  try {
    for (const step of order) await steps[step](signIn)
  } catch {
    await readFlow(signIn).catch(() => undefined)
  }
}

async function readStatuses({ query }: CrashWorld): Promise<Map<string, string>> {
  const rows = await query<{ id: string; status: string }>('SELECT flow_id AS id, status FROM opsai.flows')
  return new Map(rows.map(({ id, status }) => [id, status]))
}

async function tryOut({ api }: Owner, { status, sourceId }: Flow): Promise<{ works?: boolean }> {
  if (status !== 'completed' || !sourceId) return {}
  const check = await api('testSource', { body: { sourceId } })
  return { works: check.status === 'succeeded' }
}
