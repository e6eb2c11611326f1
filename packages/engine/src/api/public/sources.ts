import { Hono } from 'hono'
import * as z from 'zod'
import type { Connector } from '../../connector/connector.js'
import { maskSecrets, unmaskSecrets } from '../../secrets/mask.js'
import type { JsonObject } from '../../secrets/schema.js'
import type { Actor } from '../../store/actors.js'
import { inTransaction, type Queryable } from '../../store/database.js'
import { mergeConfiguration } from '../merge-configuration.js'
import { Json, parseBody, parseId, parseIds, parsePage, toPage, Uuid } from '../parse.js'
import { Problem, unknownId } from '../problem.js'
import { findConnector, findWorkspace, type Services } from '../services.js'
import { assertNoMask, assertValidConfiguration } from '../validate-configuration.js'

const Create = z.looseObject({
  name: z.string().min(1),
  workspaceId: Uuid,
  configuration: Json,
  definitionId: Uuid.optional(),
  secretId: z.string().optional(),
})
const Put = z.looseObject({ name: z.string().min(1), configuration: Json })
const Patch = z.looseObject({
  name: z.string().min(1).optional(),
  configuration: Json.optional(),
  secretId: z.string().optional(),
})

/** Sources: stored, never tested, with secrets as ten stars on the way out. */
export function sourceRoutes(services: Services) {
  const { actors, database, registry } = services

  const toSource = (source: Actor) => {
    const connector = registry.get(source.definitionId)
    return {
      sourceId: source.actorId,
      name: source.name,
      sourceType: connector?.sourceType ?? '',
      definitionId: source.definitionId,
      workspaceId: source.workspaceId,
      configuration: connector ? maskSecrets(connector.spec.connectionSpecification, source.configuration) : {},
      createdAt: Math.floor(source.createdAt.getTime() / 1000),
    }
  }

  /** Changes a source while nobody else can; `change` gets its connector too. */
  const edit = (sourceId: string, change: (source: Actor, connector: Connector, tx: Queryable) => Promise<Actor>) =>
    inTransaction(database, async (tx) => {
      const source = await actors.getForUpdate('source', sourceId, tx)
      if (!source) throw unknownId('source')
      const connector = findConnector(services, source.definitionId)
      const changed = await change(source, connector, tx)
      assertValidConfiguration(connector.spec.connectionSpecification, changed.configuration)
      await actors.save(changed, tx)
      return changed
    })

  return new Hono()
    .get('/', async (c) => {
      const page = parsePage(c)
      const rows = await actors.list('source', parseIds(c, 'workspaceIds'), page)
      return c.json(toPage(c, rows.map(toSource), page))
    })
    .post('/', async (c) => {
      const body = await parseBody(c, Create)
      const { workspaceId } = await findWorkspace(services, body.workspaceId)
      const connector = toConnector(services, body.definitionId, body.configuration)
      const { definitionId, spec } = connector
      const source = await inTransaction(database, async (tx) => {
        const given = withoutSourceType(body.configuration)
        const configuration = body.secretId
          ? await services.oauth.spend({ secretId: body.secretId, workspaceId, connector, configuration: given }, tx)
          : given
        assertNoMask(spec.connectionSpecification, configuration)
        assertValidConfiguration(spec.connectionSpecification, configuration)
        return await actors.create({ kind: 'source', workspaceId, definitionId, name: body.name, configuration }, tx)
      })
      return c.json(toSource(source))
    })
    .get('/:sourceId', async (c) => {
      const source = await actors.get('source', parseId(c, 'sourceId'))
      if (!source) throw unknownId('source')
      return c.json(toSource(source))
    })
    .put('/:sourceId', async (c) => {
      const body = await parseBody(c, Put)
      const source = await edit(parseId(c, 'sourceId'), async (current, { spec }) => {
        const given = withoutSourceType(body.configuration)
        const configuration = unmaskSecrets(spec.connectionSpecification, given, current.configuration)
        return { ...current, name: body.name, configuration }
      })
      return c.json(toSource(source))
    })
    .patch('/:sourceId', async (c) => {
      const body = await parseBody(c, Patch)
      const source = await edit(parseId(c, 'sourceId'), async (current, connector, tx) => {
        const patch = withoutSourceType(body.configuration ?? {})
        assertNoMask(connector.spec.connectionSpecification, patch)
        const { secretId } = body
        const { workspaceId } = current
        const merged = mergeConfiguration(current.configuration, patch)
        const configuration = secretId
          ? await services.oauth.spend({ secretId, workspaceId, connector, configuration: merged }, tx)
          : merged
        return { ...current, name: body.name ?? current.name, configuration }
      })
      return c.json(toSource(source))
    })
    .delete('/:sourceId', async (c) => {
      if (!(await actors.delete('source', parseId(c, 'sourceId')))) throw unknownId('source')
      return c.body(null, 204)
    })
}

/** `definitionId` wins; else the name in `configuration.sourceType`. */
function toConnector(services: Services, definitionId: string | undefined, configuration: JsonObject): Connector {
  if (definitionId !== undefined) return findConnector(services, definitionId)
  const { sourceType } = configuration
  if (typeof sourceType !== 'string') {
    throw new Problem('unprocessable-entity', 'The source needs a definitionId, or a sourceType in its configuration.')
  }
  const connector = services.registry.list().find((it) => it.sourceType === sourceType)
  if (!connector) throw new Problem('value-not-found', `There is no source type ${sourceType}.`)
  return connector
}

function withoutSourceType({ sourceType: _, ...configuration }: JsonObject): JsonObject {
  return configuration
}
