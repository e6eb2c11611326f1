// Every moment of a sign-in at which the proxy is killed, and how a sign-in is brought there.
import type { CrashWorld, Way } from './crash-world.js'
import type { DatabaseStop } from './database-stops.js'
import type { Gate } from './gate.js'
import { order, type SignIn, type Step, steps } from './sign-in.js'

/** A new source, or a stored one that is signed in again. */
export type Kind = 'new' | 'again'

type Where = (world: CrashWorld, signIn: SignIn) => (() => Promise<void>) | Promise<() => Promise<void>>

export interface Cell {
  name: string
  /** The last step that was done to its end, if any. */
  after?: Step
  /** Where the step after that one is stopped. */
  stop?: Where
  /** Only for these. Default: all. */
  kinds?: Kind[]
  ways?: Way[]
  /** The browser never got the answer of the last step. */
  isAnswerLost?: true
  /** A stop that gives up by itself after 15 seconds: it is gone to last. */
  isHasty?: true
}

const at = (gate: 'airbyte' | 'acme', path: RegExp, when: 'before' | 'after'): Where => {
  return (world): ReturnType<Gate['arm']> => world[gate].arm({ fits: (asked) => path.test(asked), when })
}
const inDatabase =
  (stop: DatabaseStop): Where =>
  ({ stops }, { fields }) =>
    stops.arm(fields.flowId, stop)

const consent = /get_consent_url/
const exchange = /complete_oauth/
const token = /oauth\/token .*grant_type=authorization_code/
const create = /^POST \/api\/public\/v1\/sources /
const patch = /^PATCH \/api\/public\/v1\/sources\/|sources\/partial_update/
const check = /commands\/run\/check|check_connection/

export const cells: Cell[] = [
  { name: 'launched', after: 'launch' },
  { name: 'authorizing', after: 'ask' },
  { name: 'returned', after: 'comeBack' },
  { name: 'returned, its answer lost', after: 'comeBack', isAnswerLost: true },
  { name: 'confirmation not committed', after: 'comeBack', stop: inDatabase('confirmed') },
  { name: 'confirmed', after: 'comeBack', stop: inDatabase('creating') },
  {
    name: 'creating: before Airbyte’s create',
    after: 'comeBack',
    stop: at('airbyte', create, 'before'),
    kinds: ['new'],
  },
  { name: 'creating: after Airbyte’s create', after: 'comeBack', stop: at('airbyte', create, 'after'), kinds: ['new'] },
  {
    name: 'creating: before Airbyte’s patch',
    after: 'comeBack',
    stop: at('airbyte', patch, 'before'),
    kinds: ['again'],
  },
  { name: 'creating: after Airbyte’s patch', after: 'comeBack', stop: at('airbyte', patch, 'after'), kinds: ['again'] },
  { name: 'creating: before the test', after: 'comeBack', stop: at('airbyte', check, 'before') },
  { name: 'creating: after the test', after: 'comeBack', stop: inDatabase('completed') },
  { name: 'completed', after: 'confirm' },
  {
    name: 'consent not asked yet',
    after: 'launch',
    stop: at('airbyte', consent, 'before'),
    ways: ['airbyte'],
    isHasty: true,
  },
  {
    name: 'consent asked at Airbyte',
    after: 'launch',
    stop: at('airbyte', consent, 'after'),
    ways: ['airbyte'],
    isHasty: true,
  },
  { name: 'callback, before the exchange', after: 'ask', stop: at('airbyte', exchange, 'before'), ways: ['airbyte'] },
  { name: 'exchanged, not stored', after: 'ask', stop: at('airbyte', exchange, 'after'), ways: ['airbyte'] },
  {
    name: 'callback, before the exchange',
    after: 'ask',
    stop: at('acme', token, 'before'),
    ways: ['own app'],
    isHasty: true,
  },
  { name: 'exchanged, not stored', after: 'ask', stop: at('acme', token, 'after'), ways: ['own app'], isHasty: true },
]

export const cellsOf = (way: Way, kind: Kind): Cell[] =>
  cells
    .filter(({ kinds = [kind], ways = [way] }) => kinds.includes(kind) && ways.includes(way))
    .sort((one, other) => Number(one.isHasty ?? false) - Number(other.isHasty ?? false))

/** Brings a sign-in to the cell, where it stays until the proxy is killed. */
export async function reach(world: CrashWorld, cell: Cell, signIn: SignIn): Promise<void> {
  await bring(world, cell, signIn).catch((cause: unknown) => {
    throw new Error(`“${cell.name}” was not reached`, { cause })
  })
}

async function bring(world: CrashWorld, cell: Cell, signIn: SignIn): Promise<void> {
  const done = cell.after ? order.indexOf(cell.after) + 1 : 0
  for (const step of order.slice(0, done)) await steps[step](signIn)
  if (cell.isAnswerLost) delete signIn.nonce
  const doing = order[done]
  if (!cell.stop || !doing) return
  const stopped = await cell.stop(world, signIn)
  // Cut off by the kill.
  void steps[doing](signIn).catch(() => undefined)
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('waited 20 s')), 20_000).unref())
  await Promise.race([stopped(), late])
}
