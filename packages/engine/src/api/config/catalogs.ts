import { Hono } from 'hono'
import * as z from 'zod'
import { parseBody, Uuid } from '../parse.js'
import { Problem, unknownId } from '../problem.js'
import type { Services } from '../services.js'
import { diffCatalogs, toSchemaChange } from './diff-catalogs.js'

const Diff = z.looseObject({ current_catalog_id: Uuid, new_catalog_id: Uuid })

/** `catalogs/diff`, and what only a connector builder could answer. */
export function catalogRoutes({ discovered }: Services) {
  return new Hono()
    .post('/catalogs/diff', async (c) => {
      const { current_catalog_id, new_catalog_id } = await parseBody(c, Diff)
      const before = await discovered.getCatalog(current_catalog_id)
      const after = await discovered.getCatalog(new_catalog_id)
      if (!before || !after || before.sourceId !== after.sourceId) throw unknownId('catalog')
      const transforms = diffCatalogs(before.streams, after.streams)
      return c.json({ catalog_diff: { transforms }, schema_change: toSchemaChange(transforms) })
    })
    .post('/connector_builder_projects/read_stream', () => {
      throw new Problem(
        'bad-request',
        'The embedded engine has no connector builder: it runs the connectors it came with.',
      )
    })
    .post('/source_definitions/create_custom', () => {
      throw new Problem('bad-request', 'The embedded engine runs the connectors it came with, no images.')
    })
}
