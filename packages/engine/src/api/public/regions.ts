import { Hono } from 'hono'
import * as z from 'zod'
import { defaultOrganizationId } from '../../store/permissions.js'
import { parse, parseId, parseIds, Uuid } from '../parse.js'
import { Problem, unknownId } from '../problem.js'
import type { Services } from '../services.js'
import { findOrganization } from './permissions.js'

/** This machine, as Airbyte would say it: its one region. Others are a licensed feature. */
const here = {
  regionId: '645a183f-b12b-4c6e-8ad3-99e165603450',
  name: 'AUTO',
  organizationId: defaultOrganizationId,
  enabled: true,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
}

const licensed = () => {
  throw new Problem('entitlement', 'The embedded engine runs on this machine only: it has one region.')
}

export function regionRoutes(services: Services) {
  return new Hono()
    .get('/', async (c) => {
      const { organizationId } = parse(z.object({ organizationId: Uuid }), c.req.query())
      await findOrganization(services, organizationId)
      return c.json({ data: [here] })
    })
    .get('/:regionId', (c) => {
      if (parseId(c, 'regionId') !== here.regionId) throw unknownId('region')
      return c.json(here)
    })
    .on(['POST', 'PATCH', 'DELETE'], ['/', '/:regionId'], licensed)
}

/** Data planes that were registered: none, the engine is its own. */
export function dataplaneRoutes() {
  return new Hono()
    .get('/', (c) => {
      if (parseIds(c, 'regionIds').some((id) => id !== here.regionId)) throw unknownId('region')
      return c.json({ data: [] })
    })
    .get('/:dataplaneId', () => {
      throw unknownId('data plane')
    })
    .on(['POST', 'PATCH', 'DELETE'], ['/', '/:dataplaneId'], licensed)
}
