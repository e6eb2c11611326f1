// The Config API on one screen: what Airbyte's web app uses and the public API lacks. Commands and our own additions
// answer unknown ids by 403, all the rest by 404.
import { Hono } from 'hono'
import type { Services } from '../services.js'
import { capabilityRoutes } from './capabilities.js'
import { catalogRoutes } from './catalogs.js'
import { commandRoutes } from './commands.js'
import { connectionProgressRoutes } from './connection-progress.js'
import { configConnectionRoutes } from './connections.js'
import { definitionRoutes } from './definitions.js'
import { destinationCheckRoutes } from './destination-checks.js'
import { configDestinationRoutes } from './destinations.js'
import { documentationRoutes } from './documentation.js'
import { createConfigErrors } from './errors.js'
import { instanceRoutes } from './instance.js'
import { jobInfoRoutes } from './jobs.js'
import { notificationRoutes } from './notifications.js'
import { oauthRoutes } from './oauth.js'
import { sampleRoutes } from './samples.js'
import { sourceCheckRoutes } from './source-checks.js'
import { sourceDiscoveryRoutes } from './source-discovery.js'
import { configSourceRoutes } from './sources.js'
import { stateRoutes } from './state.js'
import { webBackendRoutes } from './web-backend.js'
import { configWorkspaceRoutes } from './workspaces.js'

export function configApiRoutes(services: Services, auth: 'none' | 'simple') {
  const rest = new Hono()
    .route('/', instanceRoutes(services, auth))
    .route('/', configWorkspaceRoutes(services))
    .route('/', definitionRoutes(services))
    .route('/', documentationRoutes(services))
    .route('/', configSourceRoutes(services))
    .route('/', sourceCheckRoutes(services))
    .route('/', sourceDiscoveryRoutes(services))
    .route('/', configDestinationRoutes(services))
    .route('/', destinationCheckRoutes(services))
    .route('/', configConnectionRoutes(services))
    .route('/', connectionProgressRoutes(services))
    .route('/', jobInfoRoutes(services))
    .route('/', stateRoutes(services))
    .route('/', catalogRoutes(services))
    .route('/', webBackendRoutes(services))
    .route('/', notificationRoutes(services))
    .route('/', oauthRoutes(services))
  rest.onError(createConfigErrors(services.logger))

  return new Hono()
    .route('/', capabilityRoutes())
    .route('/', sampleRoutes(services))
    .route('/commands', commandRoutes(services))
    .route('/', rest)
}
