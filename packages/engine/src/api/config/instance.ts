// What Airbyte's web app asks before anything else: which Airbyte is this?
import { Hono } from 'hono'
import * as z from 'zod'
import { defaultOrganizationId } from '../../store/permissions.js'
import { describeCron } from '../../jobs/describe-cron.js'
import { nextTime, parseCron } from '../../jobs/quartz-cron.js'
import { parseBody } from '../parse.js'
import { Problem } from '../problem.js'
import type { Services } from '../services.js'

/** The version whose answers this engine gives. */
export const airbyteVersion = '2.1.0'

const shownExecutions = 3

export function instanceRoutes(services: Services, auth: 'none' | 'simple') {
  return new Hono()
    .get('/instance_configuration', async (c) => {
      const [organization] = await services.permissions.organizations()
      const [workspace] = await services.workspaces.list([], { limit: 1, offset: 0 })
      return c.json({
        edition: 'community',
        version: airbyteVersion,
        licenseStatus: 'pro',
        auth: { mode: auth },
        airbyteUrl: services.airbyteUrl,
        initialSetupComplete: true,
        defaultUserId: defaultOrganizationId,
        defaultOrganizationId: organization?.organizationId ?? defaultOrganizationId,
        ...(organization && { defaultOrganizationEmail: organization.email }),
        // Airbyte always has a workspace; here there may be none yet.
        defaultWorkspaceId: workspace?.workspaceId ?? defaultOrganizationId,
        trackingStrategy: 'logging',
      })
    })
    .get('/web_backend/config', (c) => c.json({ version: airbyteVersion, edition: 'community' }))
    .post('/web_backend/check_updates', (c) => c.json({ destinationDefinitions: 0, sourceDefinitions: 0 }))
    .post('/web_backend/describe_cron_expression', async (c) => {
      const { cronExpression } = await parseBody(c, z.looseObject({ cronExpression: z.string() }))
      const parsed = parseCron(cronExpression)
      if (parsed.kind === 'invalid') {
        throw new Problem('cron-invalid', `The cron expression is invalid: ${parsed.reason}.`, { cronExpression })
      }
      if (parsed.kind === 'too_often') {
        throw new Problem('cron-too-often', 'A sync can be scheduled once an hour at most.', { cronExpression })
      }
      const nextExecutions: number[] = []
      for (let at = nextTime(parsed.cron, services.now()); at && nextExecutions.length < shownExecutions;) {
        nextExecutions.push(at.getTime())
        at = nextTime(parsed.cron, at)
      }
      return c.json({ cronExpression, description: describeCron(parsed.cron), nextExecutions })
    })
}
