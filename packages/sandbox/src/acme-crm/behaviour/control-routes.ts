// Setting behaviours while Acme CRM runs. Only there where it was started with `control`.
import { Hono, type Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as z from 'zod'
import { acmeCrm } from '../facts.js'
import { behaviourSchema } from './behaviour-schema.js'
import type { AcmeCrmControl } from './control.js'

const setSchema = z.strictObject({ clientId: z.string().optional(), behaviour: behaviourSchema })

export function createControlRoutes(control: AcmeCrmControl): Hono {
  const { behaviour, refreshTokens } = acmeCrm.controlPaths
  const routes = new Hono()

  routes.get(behaviour, (c) => {
    const clientId = c.req.query('client_id')
    return isKnown(clientId) ? c.json({ behaviour: control.behaviour(clientId) }) : refuseClient(c)
  })

  // JSON only: another site's page cannot send that here without asking first.
  routes.put(behaviour, bodyLimit({ maxSize: 65_536 }), async (c) => {
    const isJson = c.req.header('Content-Type')?.startsWith('application/json')
    const parsed = setSchema.safeParse(isJson ? await c.req.json().catch(() => undefined) : undefined)
    if (!parsed.success) return refuse(c, z.prettifyError(parsed.error))
    const { clientId } = parsed.data
    if (!isKnown(clientId)) return refuseClient(c)
    control.behave(parsed.data.behaviour, clientId)
    return c.json({ behaviour: control.behaviour(clientId) })
  })

  routes.delete(behaviour, (c) => {
    control.reset()
    return c.body(null, 204)
  })

  routes.get(refreshTokens, (c) => c.json(control.seenRefreshTokens()))

  routes.delete(refreshTokens, (c) => {
    control.forgetRefreshTokens()
    return c.body(null, 204)
  })

  const isKnown = (clientId: string | undefined) => clientId === undefined || control.clientIds.includes(clientId)
  return routes
}

function refuseClient(c: Context): Response {
  return refuse(c, 'There is no client of that id.', 'clientId')
}

function refuse(c: Context, message: string, field?: string): Response {
  return c.json({ error: { code: 'invalid_parameter', message, ...(field && { field }) } }, 400)
}
