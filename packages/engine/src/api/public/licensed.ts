import { Hono } from 'hono'
import { parse, parseId, Uuid } from '../parse.js'
import { Problem, toKnownException } from '../problem.js'

/** Groups of users: licensed at Airbyte, so that its open-source edition has none to tell of. */
export function groupRoutes() {
  return new Hono()
    .get('/', (c) => {
      const organizationId = c.req.query('organizationId')
      if (!organizationId) throw new Problem('bad-request', 'organizationId query parameter is required')
      parse(Uuid, organizationId)
      throw new Problem('entitlement')
    })
    .post('/', () => {
      throw new Problem('entitlement')
    })
    .all('/:groupId/:rest{.*}?', (c) => {
      throw new Problem('resource-not-found', 'There is no such group.', {
        resourceType: 'group',
        resourceId: parseId(c, 'groupId'),
      })
    })
}

/** Airbyte's own widget, which only its hosted service has. */
export function embeddedRoutes() {
  return (
    new Hono()
      // Documented as `{message}`, unlike its neighbours.
      .get('/organizations', () => toKnownException(403, new Problem('entitlement').message))
      .all('/*', () => {
        throw new Problem('entitlement')
      })
  )
}
