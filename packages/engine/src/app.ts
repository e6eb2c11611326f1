import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createAccess, refuseBrowsers, type Credentials } from './api/access.js'
import { configApiRoutes } from './api/config/config-api.js'
import { Problem, toKnownException } from './api/problem.js'
import { applicationRoutes } from './api/public/applications.js'
import { connectionRoutes } from './api/public/connections.js'
import { connectorDefinitionRoutes, definitionRoutes as publicDefinitionRoutes } from './api/public/definitions.js'
import { destinationRoutes } from './api/public/destinations.js'
import { jobRoutes } from './api/public/jobs.js'
import { embeddedRoutes, groupRoutes } from './api/public/licensed.js'
import { organizationRoutes, userRoutes } from './api/public/organizations.js'
import { permissionRoutes } from './api/public/permissions.js'
import { dataplaneRoutes, regionRoutes } from './api/public/regions.js'
import { sourceRoutes } from './api/public/sources.js'
import { streamRoutes } from './api/public/streams.js'
import { tagRoutes } from './api/public/tags.js'
import { workspaceRoutes } from './api/public/workspaces.js'
import type { Services } from './api/services.js'
import { errorFacts } from './logger.js'

const maxBodyBytes = 10 * 1024 * 1024
const documentationUrl = 'https://reference.airbyte.com/reference/getting-started'

export interface AppOptions {
  services: Services
  auth: Credentials | undefined
  encryptionKey: string
}

/** The engine as a self-managed Airbyte answers: `/api/public/v1` and `/api/v1`, and the whole API on one screen. */
export function createApp({ services, auth, encryptionKey }: AppOptions): Hono {
  const { tokenRoute, requireToken } = createAccess(auth, encryptionKey, services.applications)

  const publicApi = new Hono()
    .get('/health', async (c) => {
      await services.database.query('SELECT 1')
      return c.text('Successful operation')
    })
    .route('/applications/token', tokenRoute)
    .use(requireToken)
    .route('/applications', applicationRoutes(services, auth))
    .route('/workspaces', workspaceRoutes(services))
    .route('/workspaces', publicDefinitionRoutes(services))
    .route('/connector_definitions', connectorDefinitionRoutes(services))
    .all('/sources/initiateOAuth', () => new Response(null, { status: 501 }))
    .route('/sources', sourceRoutes(services))
    .route('/destinations', destinationRoutes(services))
    .route('/connections', connectionRoutes(services))
    .route('/jobs', jobRoutes(services))
    .route('/streams', streamRoutes(services))
    .route('/tags', tagRoutes(services))
    .route('/permissions', permissionRoutes(services))
    .route('/organizations', organizationRoutes(services))
    .route('/users', userRoutes(services))
    .route('/groups', groupRoutes())
    .route('/regions', regionRoutes(services))
    .route('/dataplanes', dataplaneRoutes())
    .route('/embedded', embeddedRoutes())

  const configApi = new Hono()
    .get('/health', async (c) => {
      await services.database.query('SELECT 1')
      return c.json({ available: true })
    })
    .route('/applications/token', tokenRoute)
    .use(requireToken)
    .route('/', configApiRoutes(services, auth ? 'simple' : 'none'))

  const app = new Hono()
    .use(refuseBrowsers)
    .use(
      bodyLimit({
        maxSize: maxBodyBytes,
        onError: () => toKnownException(413, 'The body is larger than 10 MB.'),
      }),
    )
    .get('/api/public', (c) => c.redirect(documentationUrl))
    .route('/api/public/v1', publicApi)
    .route('/api/v1', configApi)

  app.notFound((c) => c.json('Object not found.', 404))
  app.onError((error, c) => {
    if (error instanceof Problem) return error.toResponse()
    services.logger.error({ method: c.req.method, path: c.req.routePath, ...errorFacts(error) }, 'request failed')
    return new Problem('unexpected-problem').toResponse()
  })
  return app
}
