import { isCloud } from './addresses.js'
import { type AirbyteClientOptions, withDefaults } from './options.js'
import { createRequester } from './request.js'
import { createApplications } from './resources/applications.js'
import { createBuilder } from './resources/builder.js'
import { createCapabilities } from './resources/capabilities.js'
import { createCatalogs } from './resources/catalogs.js'
import { createCommands } from './resources/commands.js'
import { createConnections } from './resources/connections.js'
import { createConnectors } from './resources/connectors.js'
import { createDataplanes } from './resources/dataplanes.js'
import { createDefinitions } from './resources/definitions.js'
import { createDestinations } from './resources/destinations.js'
import { createEmbedded } from './resources/embedded.js'
import { createGroups } from './resources/groups.js'
import { createHealth } from './resources/health.js'
import { createInstance } from './resources/instance.js'
import { createJobs } from './resources/jobs.js'
import { createNotifications } from './resources/notifications.js'
import { createOAuth } from './resources/oauth.js'
import { createOrganizations } from './resources/organizations.js'
import { createPermissions } from './resources/permissions.js'
import { createRegions } from './resources/regions.js'
import { createSources } from './resources/sources.js'
import { createState } from './resources/state.js'
import { createStreams } from './resources/streams.js'
import { createTags } from './resources/tags.js'
import { createUsers } from './resources/users.js'
import { createWorkspaces } from './resources/workspaces.js'
import { createProbes } from './working/probes.js'
import { createWork } from './working/work.js'

export type { AirbyteClientOptions } from './options.js'

export type AirbyteClient = ReturnType<typeof createAirbyteClient>

/**
 * A typed client of Airbyte's two APIs, one resource per noun; which of them answers is its own affair.
 * Works wherever there is `fetch`: Node, Bun, Deno, edge. Reads are repeated up to three times, creates only where
 * Airbyte surely did nothing.
 * Every method throws an {@link AirbyteError} and takes `{ signal }` last.
 *
 * @example
 * const airbyte = createAirbyteClient({ baseUrl: 'http://localhost:4401' })
 * const workspace = await airbyte.workspaces.create({ name: 'acme' })
 * const definitions = await airbyte.definitions.sources.list({ workspaceId: workspace.workspaceId })
 */
export function createAirbyteClient(options: AirbyteClientOptions) {
  const settings = withDefaults(options)
  const request = createRequester(settings)
  const edition = isCloud(options.baseUrl) ? 'cloud' : 'selfManaged'
  const probes = createProbes(request, edition)
  const commands = createCommands(request)
  const work = createWork(commands, probes, settings.workTimeoutMs)
  return {
    health: createHealth(request),
    capabilities: createCapabilities(probes, edition),
    commands,
    workspaces: createWorkspaces(request),
    definitions: createDefinitions(request),
    sources: createSources(request, work),
    destinations: createDestinations(request, work),
    connections: createConnections(request),
    jobs: createJobs(request),
    oauth: createOAuth(request, edition),
    applications: createApplications(request),
    builder: createBuilder(request),
    catalogs: createCatalogs(request),
    connectors: createConnectors(request),
    dataplanes: createDataplanes(request),
    embedded: createEmbedded(request),
    groups: createGroups(request),
    instance: createInstance(request),
    notifications: createNotifications(request),
    organizations: createOrganizations(request),
    permissions: createPermissions(request),
    regions: createRegions(request),
    state: createState(request),
    streams: createStreams(request),
    tags: createTags(request),
    users: createUsers(request),
  }
}
