// What the client asks of the Config API: each line an operation of the document.
import { id, toCalls, type OperationCall } from './operation-call.js'

const workspaceId = id
const definitionId = id
const configuration = { api_key: 'k' }
const draft = { workspaceId, definitionId, configuration }
const edit = { name: 'Shop', configuration }
const streams = [{ streamName: 'orders', streamNamespace: 'shop' }]
const search = { workspaceId, search: 'sho', pageSize: 3 }
const cron = { cron: { cronExpression: '0 0 6 * * ?', cronTimeZone: 'UTC' } }
const connection = {
  sourceId: id,
  destinationId: id,
  status: 'active',
  scheduleType: 'cron',
  scheduleData: cron,
} as const
const page = { nameContains: 'acme', pagination: { pageSize: 3, rowOffset: 0 } }
const json_schema = { properties: { id: { type: 'integer' } } }
const catalog = { streams: [{ stream: { name: 'orders', jsonSchema: json_schema } }] }
const manifest = { version: '6', type: 'DeclarativeSource' }

const lacksCommands = (operation: string) => operation.includes('/commands/')

export const configCalls: OperationCall[] = [
  ...toCalls({
    'GET /v1/health': (a) => a.instance.available(),
    'GET /v1/instance_configuration': (a) => a.instance.configuration(),
    'POST /v1/source_definitions/list': (a) => a.definitions.sources.listAll(),
    'POST /v1/source_definitions/list_latest': (a) => a.definitions.sources.listLatest(),
    'POST /v1/source_definitions/list_for_workspace': (a) =>
      a.definitions.sources.list({ workspaceId, onlyUsed: true }),
    'POST /v1/source_definitions/get': (a) => a.definitions.sources.getGlobal(definitionId),
    'POST /v1/source_definitions/get_for_workspace': (a) => a.definitions.sources.get({ workspaceId, definitionId }),
    'POST /v1/source_definitions/create_custom': (a) =>
      a.definitions.sources.createCustom({
        workspaceId,
        name: 'Mine',
        dockerRepository: 'acme/source-mine',
        dockerImageTag: '1.0.0',
        documentationUrl: 'https://docs.example.com',
        icon: '<svg/>',
      }),
    'POST /v1/source_definition_specifications/get': (a) => a.connectors.spec({ definitionId, workspaceId }),
    'POST /v1/source_definition_specifications/get_for_source': (a) => a.connectors.specForSource(id),
    'POST /v1/actor_definition_versions/get_for_source': (a) => a.connectors.versionOfSource(id),
    'POST /v1/connector_documentation/get': (a) =>
      a.connectors.documentation({ actorType: 'source', definitionId, workspaceId, actorId: id }),
    'POST /v1/sources/create': (a) =>
      a.sources.internal.create({ ...draft, name: 'Shop', secretId: 'airbyte_oauth_1' }),
    'POST /v1/sources/update': (a) => a.sources.internal.replace(id, { ...edit, secretId: 'airbyte_oauth_1' }),
    'POST /v1/sources/partial_update': (a) => a.sources.internal.patch(id, { configuration, secretId: 's' }),
    'POST /v1/sources/list': (a) => a.sources.internal.list(search),
    'POST /v1/sources/get': (a) => a.sources.internal.get(id),
    'POST /v1/sources/delete': (a) => a.sources.internal.delete(id),
    'POST /v1/sources/upgrade_version': (a) => a.sources.internal.upgradeVersion(id),
    'POST /v1/sources/most_recent_source_actor_catalog': (a) => a.catalogs.latest(id),
    'POST /v1/scheduler/sources/discover_schema': (a) => a.sources.discoverConfiguration(draft),
    'POST /v1/destination_definitions/list': (a) => a.definitions.destinations.listAll(),
    'POST /v1/destination_definitions/list_for_workspace': (a) => a.definitions.destinations.list({ workspaceId }),
    'POST /v1/destination_definition_specifications/get': (a) =>
      a.connectors.destinationSpec({ definitionId, workspaceId }),
    'POST /v1/destinations/create': (a) => a.destinations.internal.create({ ...draft, name: 'Warehouse' }),
    'POST /v1/destinations/update': (a) => a.destinations.internal.replace(id, edit),
    'POST /v1/destinations/list': (a) => a.destinations.internal.list(search),
    'POST /v1/destinations/get': (a) => a.destinations.internal.get(id),
    'POST /v1/destinations/delete': (a) => a.destinations.internal.delete(id),
    'POST /v1/connections/create': (a) => a.connections.internal.create({ ...connection, syncCatalog: catalog }),
    'POST /v1/connections/update': (a) =>
      a.connections.internal.patch(id, { name: 'x', prefix: 'p_', nonBreakingChangesPreference: 'ignore' }),
    'POST /v1/connections/list': (a) => a.connections.internal.list({ workspaceId }),
    'POST /v1/connections/get': (a) => a.connections.internal.get(id),
    'POST /v1/connections/delete': (a) => a.connections.internal.delete(id),
    'POST /v1/connections/sync': (a) => a.connections.sync(id),
    'POST /v1/connections/reset': (a) => a.connections.reset(id),
    'POST /v1/connections/reset/stream': (a) => a.connections.reset(id, { streams }),
    'POST /v1/connections/clear': (a) => a.connections.clear(id),
    'POST /v1/connections/clear/stream': (a) => a.connections.clear(id, { streams }),
    'POST /v1/connections/refresh': (a) => a.connections.refresh(id, { refreshMode: 'Merge', streams }),
    'POST /v1/connections/status': (a) => a.connections.statuses([id]),
    'POST /v1/connections/sync_progress': (a) => a.connections.progress(id),
    'POST /v1/connections/last_job_per_stream': (a) => a.connections.lastJobs(id),
    'POST /v1/jobs/list': (a) =>
      a.jobs.internal.list({ configId: id, configTypes: ['sync', 'clear'], statuses: ['failed'] }),
    'POST /v1/jobs/get': (a) => a.jobs.internal.get(7),
    'POST /v1/jobs/get_light': (a) => a.jobs.internal.getLight(7),
    'POST /v1/jobs/get_without_logs': (a) => a.jobs.detail(7),
    'POST /v1/jobs/cancel': (a) => a.jobs.internal.cancel(7),
    'POST /v1/jobs/get_last_replication_job': (a) => a.jobs.last(id),
    'POST /v1/state/get': (a) => a.state.get(id),
    'POST /v1/stream_statuses/list': (a) => a.state.streamStatuses({ workspaceId, connectionId: id, jobType: 'SYNC' }),
    'POST /v1/web_backend/connections/get': (a) => a.connections.overviews.get(id, { refresh: true }),
    'POST /v1/web_backend/connections/create': (a) => a.connections.overviews.create(connection),
    'POST /v1/web_backend/connections/update': (a) =>
      a.connections.overviews.patch(id, { status: 'inactive', skipReset: true }),
    'POST /v1/web_backend/connections/list': (a) =>
      a.connections.overviews.list({ ...search, sourceId: [id], statuses: ['failed'], tagIds: [id] }),
    'POST /v1/web_backend/workspace/state': (a) => a.workspaces.internal.contents(id),
    'POST /v1/web_backend/check_updates': (a) => a.instance.updates(),
    'POST /v1/web_backend/describe_cron_expression': (a) => a.instance.describeCron('0 0 6 * * ?'),
    'GET /v1/web_backend/config': (a) => a.instance.webapp(),
    'POST /v1/workspaces/create': (a) => a.workspaces.internal.create({ name: 'acme', organizationId: id }),
    'POST /v1/workspaces/get': (a) => a.workspaces.internal.get(id),
    'POST /v1/workspaces/list_by_organization_id': (a) =>
      a.workspaces.internal.listOfOrganization({ organizationId: id, ...page }),
    'POST /v1/workspaces/list_by_user_id': (a) => a.workspaces.internal.listOfUser({ userId: id, ...page }),
    'POST /v1/workspaces/update': (a) => a.workspaces.internal.patch(id, { name: 'acme', email: 'a@example.com' }),
    'POST /v1/workspaces/update_name': (a) => a.workspaces.internal.rename(id, 'acme'),
    'POST /v1/workspaces/delete': (a) => a.workspaces.internal.delete(id),
    'POST /v1/notifications/try': (a) => a.notifications.try({ webhook: 'https://a.example/s' }),
    'POST /v1/notifications/try_webhook': (a) =>
      a.notifications.tryWebhook({ webhook: 'https://a.example/s', trigger: 'sync_failure' }),
    'POST /v1/connector_builder_projects/read_stream': (a) =>
      a.builder.readStream({ workspaceId, builderProjectId: id, manifest, streamName: 'orders', recordLimit: 5 }),
    'POST /v1/catalogs/diff': (a) => a.catalogs.diff({ currentCatalogId: id, newCatalogId: id, connectionId: id }),
  }),
  ...toCalls({
    'POST /v1/sources/check_connection': (a) => a.sources.check(id),
    'POST /v1/sources/check_connection_for_update': (a) => a.sources.checkUpdate(id, edit),
    'POST /v1/sources/discover_schema': (a) => a.sources.discover(id, { refresh: true }),
    'POST /v1/scheduler/sources/check_connection': (a) => a.sources.checkConfiguration(draft),
    'POST /v1/scheduler/destinations/check_connection': (a) => a.destinations.checkConfiguration(draft),
    'POST /v1/destinations/check_connection': (a) => a.destinations.check(id),
    'POST /v1/destinations/check_connection_for_update': (a) => a.destinations.checkUpdate(id, edit),
  }).map((call) => ({ ...call, lacks: lacksCommands })),
  {
    // An Airbyte whose public API gives no tokens out.
    operation: 'POST /v1/applications/token',
    call: (a) => a.workspaces.get(id),
    lacks: (operation) => operation === 'POST /public/v1/applications/token',
    client: () => ({ auth: { kind: 'client', clientId: 'c', clientSecret: 's' } }),
  },
]

/** Operations of the document that the client leaves to others. */
export const configLeftOut: Record<string, string> = {}
