import { Hono } from 'hono'
import * as z from 'zod'
import { toDocumentation } from '../../connector/documentation.js'
import { parseBody, Uuid } from '../parse.js'
import { findWorkspace, type Services } from '../services.js'
import { requireConnector, requireKind } from './find-kind.js'

const Documentation = z.looseObject({
  actorType: z.enum(['source', 'destination']),
  actorDefinitionId: Uuid,
  workspaceId: Uuid,
})

/** `connector_documentation/get`: what the panel beside a form shows. */
export function documentationRoutes(services: Services) {
  return new Hono().post('/connector_documentation/get', async (c) => {
    const { actorType, actorDefinitionId, workspaceId } = await parseBody(c, Documentation)
    await findWorkspace(services, workspaceId)
    if (actorType === 'destination') {
      return c.json({
        doc: toDocumentation({ ...requireKind(services, actorDefinitionId), actorType, signsIn: false }),
      })
    }
    const { spec, ...connector } = requireConnector(services, actorDefinitionId)
    const { connectionSpecification } = spec
    const signsIn = spec.advanced_auth !== undefined
    return c.json({ doc: toDocumentation({ ...connector, connectionSpecification, signsIn, actorType }) })
  })
}
