import { Hono } from 'hono'
import * as z from 'zod'
import { parse, parseIds, Uuid } from '../parse.js'
import { Problem } from '../problem.js'
import type { Services } from '../services.js'
import { findOrganization } from './permissions.js'

/** The one organization. Its OAuth credentials are a licensed feature of Airbyte's. */
export function organizationRoutes({ permissions }: Services) {
  const licensed = () => {
    throw new Problem('entitlement')
  }
  return new Hono()
    .get('/', async (c) => {
      const organizations = await permissions.organizations()
      return c.json({
        data: organizations.map(({ organizationId, name, email }) => ({
          organizationId,
          organizationName: name,
          email,
        })),
      })
    })
    .put('/:organizationId/oauthCredentials', licensed)
    .delete('/:organizationId/oauthCredentials/:actorType/:name', licensed)
}

/** The one user. */
export function userRoutes(services: Services) {
  return new Hono().get('/', async (c) => {
    const { organizationId } = parse(z.object({ organizationId: Uuid }), c.req.query())
    await findOrganization(services, organizationId)
    const ids = parseIds(c, 'ids')
    const emails = (c.req.queries('emails') ?? []).flatMap((value) => value.split(',')).filter((it) => it !== '')
    const people = (await services.permissions.people()).filter(
      ({ userId, email }) =>
        (ids.length === 0 || ids.includes(userId)) && (emails.length === 0 || emails.includes(email)),
    )
    return c.json({ data: people.map(({ userId, name, email }) => ({ id: userId, name, email })) })
  })
}
