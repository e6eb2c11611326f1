// The Config API pages by cursor: the id of the last thing of the page before (trap of its own: the public API by offset).
import * as z from 'zod'
import type { Actor, ActorKind } from '../../store/actors.js'
import { parse, Uuid } from '../parse.js'
import type { Services } from '../services.js'

export const ActorList = z.looseObject({
  workspaceId: Uuid,
  cursor: Uuid.nullish(),
  pageSize: z.number().int().min(1).max(1000).nullish(),
  filters: z
    .looseObject({
      searchTerm: z.string().nullish(),
      states: z.array(z.enum(['active', 'inactive'])).nullish(),
    })
    .nullish(),
  sortKey: z
    .enum(['actorName', 'actorDefinitionName', 'lastSync'].flatMap((key) => [`${key}_asc`, `${key}_desc`]))
    .nullish(),
})

const pageOf = 100

/** One page, sorted by name unless the caller says otherwise; where the cursor is unknown, the first. */
export async function listActors(
  { actors }: Services,
  kind: ActorKind,
  request: unknown,
  definitionName: (actor: Actor) => string,
) {
  const { workspaceId, cursor, pageSize, filters, sortKey } = parse(ActorList, request)
  const found: Actor[] = []
  for (let offset = 0, page: Actor[]; ; offset += page.length) {
    page = await actors.list(kind, [workspaceId], { limit: pageOf, offset })
    found.push(...page)
    if (page.length < pageOf) break
  }
  const term = filters?.searchTerm?.toLowerCase() ?? ''
  const [key = 'actorName', direction = 'asc'] = (sortKey ?? 'actorName_asc').split('_')
  const nameOf = (actor: Actor) => (key === 'actorDefinitionName' ? definitionName(actor) : actor.name)
  const sign = direction === 'desc' ? -1 : 1
  const wanted = found
    .filter((actor) => `${actor.name} ${definitionName(actor)}`.toLowerCase().includes(term))
    .sort((a, b) => sign * (nameOf(a).localeCompare(nameOf(b)) || a.actorId.localeCompare(b.actorId)))
  const after = cursor ? wanted.findIndex((actor) => actor.actorId === cursor) + 1 : 0
  const size = pageSize ?? 1000
  return { page: wanted.slice(after, after + size), size, total: wanted.length }
}
