import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createAccess, refuseBrowsers, type Credentials } from './api/access.js'
import { capabilityRoutes } from './api/config/capabilities.js'
import { definitionRoutes } from './api/config/definitions.js'
import { jobInfoRoutes } from './api/config/jobs.js'
import { oauthRoutes } from './api/config/oauth.js'
import { sourceActionRoutes } from './api/config/sources.js'
import { Problem } from './api/problem.js'
import { connectionRoutes } from './api/public/connections.js'
import { destinationRoutes } from './api/public/destinations.js'
import { jobRoutes } from './api/public/jobs.js'
import { sourceRoutes } from './api/public/sources.js'
import { streamRoutes } from './api/public/streams.js'
import { workspaceRoutes } from './api/public/workspaces.js'
import type { Services } from './api/services.js'
import { errorFacts } from './logger.js'

const maxBodyBytes = 10 * 1024 * 1024

export interface AppOptions {
  services: Services
  auth: Credentials | undefined
  encryptionKey: string
}

/** The engine as a self-managed Airbyte answers: `/api/public/v1` and `/api/v1`, and the whole API on one screen. */
export function createApp({ services, auth, encryptionKey }: AppOptions): Hono {
  const { tokenRoute, requireToken } = createAccess(auth, encryptionKey)

  const publicApi = new Hono()
    .get('/health', async (c) => {
      await services.database.query('SELECT 1')
      return c.text('Successful operation')
    })
    .route('/applications/token', tokenRoute)
    .use(requireToken)
    .route('/workspaces', workspaceRoutes(services))
    .route('/sources', sourceRoutes(services))
    .route('/destinations', destinationRoutes(services))
    .route('/connections', connectionRoutes(services))
    .route('/jobs', jobRoutes(services))
    .route('/streams', streamRoutes(services))
    .all('/sources/initiateOAuth', () => new Response(null, { status: 501 }))

  const configApi = new Hono()
    .get('/health', async (c) => {
      await services.database.query('SELECT 1')
      return c.json({ available: true })
    })
    .route('/applications/token', tokenRoute)
    .use(requireToken)
    .route('/', capabilityRoutes())
    .route('/', definitionRoutes(services))
    .route('/', sourceActionRoutes(services))
    .route('/', oauthRoutes(services))
    .route('/', jobInfoRoutes(services))

  const app = new Hono()
    .use(refuseBrowsers)
    .use(
      bodyLimit({
        maxSize: maxBodyBytes,
        onError: () => new Problem('bad-request', 'The body is larger than 10 MB.').toResponse(),
      }),
    )
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
