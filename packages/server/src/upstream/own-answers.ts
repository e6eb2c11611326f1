// Airbyte answers everybody's things to an empty filter, takes any id, and has had filters it silently ignored. So a
// workspace is always named, and whatever comes back must be of the one that was asked for.
import { type AirbyteClient, AirbyteError } from '@opsai/airbyte-client'
import { currentOwner } from './scope.js'

/** What an answer must belong to. */
interface Expected {
  workspaceId?: string
  connectionId?: string
}

/** Something of another tenant's that Airbyte answered and nobody gets to see. */
export interface Foreign extends Expected {
  /** What was asked, such as `sources.list`. */
  call: string
  tenantId?: string
  /** Ids of what came instead. */
  got: Expected
}

type Method = (...args: never[]) => unknown
/** A noun of the client: methods, and nouns below it. */
type Noun = Readonly<Record<string, unknown>>
const nouns = ['sources', 'destinations', 'connections', 'jobs', 'definitions'] as const
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The client, with every answer about tenants' things checked. */
export function onlyOwnAnswers(client: AirbyteClient, onForeign: (foreign: Foreign) => void): AirbyteClient {
  const watched = nouns.map((noun) => [noun, watchNoun(noun, client[noun], onForeign)])
  return { ...client, ...(Object.fromEntries(watched) as Pick<AirbyteClient, (typeof nouns)[number]>) }
}

function watchNoun(name: string, noun: Noun, onForeign: (foreign: Foreign) => void): Noun {
  const watched = Object.entries(noun).map(([key, member]) => {
    const call = `${name}.${key}`
    if (typeof member === 'function') return [key, watch(call, member as Method, onForeign)]
    return [key, typeof member === 'object' && member !== null ? watchNoun(call, member as Noun, onForeign) : member]
  })
  return Object.fromEntries(watched) as Noun
}

function watch(call: string, method: Method, onForeign: (foreign: Foreign) => void): Method {
  return (...args) => {
    const expected = toExpected(call, args[0])
    const isOwn = (thing: unknown): boolean => {
      const got = idsOf(thing)
      const own = fits(expected.workspaceId, got.workspaceId) && fits(expected.connectionId, got.connectionId)
      const { tenantId } = currentOwner()
      if (!own) onForeign({ call, ...expected, got, ...(tenantId !== undefined && { tenantId }) })
      return own
    }
    const answer = method(...args)
    if (isIterable(answer)) return filterEach(answer, isOwn)
    if (!(answer instanceof Promise)) return answer
    return answer.then((thing: unknown) => {
      if (Array.isArray(thing)) return thing.filter(isOwn)
      if (isOwn(thing)) return thing
      throw new AirbyteError('There is nothing here with this id.', { code: 'not_found' })
    })
  }
}

/** @throws TypeError where a workspace is left open: that would be everybody's */
function toExpected(call: string, asked: unknown): Expected {
  const { workspaceId, connectionId } = idsOf(asked)
  const own = currentOwner().workspaceId
  const isOpen = typeof asked === 'object' && asked !== null && 'workspaceIds' in asked
  if (isOpen || (workspaceId !== undefined && !uuid.test(workspaceId))) {
    throw new TypeError(`${call} must name one workspace.`)
  }
  if (own !== undefined && workspaceId !== undefined && workspaceId !== own) {
    throw new TypeError(`${call} may not ask for another workspace than the caller's.`)
  }
  const expected = workspaceId ?? own
  return {
    ...(expected !== undefined && { workspaceId: expected }),
    ...(connectionId !== undefined && { connectionId }),
  }
}

const fits = (expected: string | undefined, got: string | undefined) =>
  expected === undefined || got === undefined || got === expected

function idsOf(thing: unknown): Expected {
  if (typeof thing !== 'object' || thing === null) return {}
  const { workspaceId, connectionId } = thing as Record<string, unknown>
  return {
    ...(workspaceId !== undefined && { workspaceId: String(workspaceId) }),
    ...(typeof connectionId === 'string' && { connectionId }),
  }
}

const isIterable = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value

async function* filterEach(things: AsyncIterable<unknown>, isOwn: (thing: unknown) => boolean) {
  for await (const thing of things) if (isOwn(thing)) yield thing
}
