// What the client asks of the public API: each line an operation of the document.
import type { AirbyteClientOptions } from '../options.js'
import { every, id, toCalls, type OperationCall } from './operation-call.js'

const workspaceId = id
const definitionId = id
const configuration = { api_key: 'k' }
const organizationId = id
const oauthApp = { actorType: 'source', name: 'hubspot', configuration: { client_id: 'c' } } as const
const definition = { workspaceId, name: 'Mine', dockerRepository: 'acme/source-mine', dockerImageTag: '1.0.0' }
const page = { pageSize: 3 }
const schedule = { scheduleType: 'cron', cronExpression: '0 0 6 * * ?' } as const
const streams = [
  {
    name: 'orders',
    syncMode: 'incremental_deduped_history' as const,
    cursorField: ['updated_at'],
    primaryKey: [['id']],
    selectedFields: [{ fieldPath: ['id'] }, { fieldPath: ['updated_at'] }],
  },
]
const group = { name: 'Data team', organizationId, description: 'Those who look' }
const permissionType = 'workspace_reader' as const

/** Notably a failing sync, told to a webhook. */
const notifications = { failure: { email: { enabled: false }, webhook: { enabled: true, url: 'https://a.example/s' } } }

/** Cloud's public address, answered by the server at hand. */
const asCloud = (baseUrl: string): Partial<AirbyteClientOptions> => ({
  baseUrl: 'https://api.airbyte.com',
  fetch: (request) =>
    fetch(new Request(request.url.replace('https://api.airbyte.com/v1', `${baseUrl}/api/public/v1`), request)),
})

const lacksConfigApi = (operation: string) => operation.includes(' /v1/')

export const publicCalls: OperationCall[] = [
  ...toCalls({
    'GET /public/v1/health': (a) => a.health(),
    'GET /public/v1/applications': (a) => a.applications.list(),
    'POST /public/v1/applications': (a) => a.applications.create({ name: 'proxy' }),
    'GET /public/v1/applications/{applicationId}': (a) => a.applications.get(id),
    'DELETE /public/v1/applications/{applicationId}': (a) => a.applications.delete(id),
    'GET /public/v1/jobs': (a) => a.jobs.list({ workspaceId, jobType: 'sync', status: 'running', limit: 3 }),
    'POST /public/v1/jobs': (a) => a.jobs.create({ connectionId: id, jobType: 'sync' }),
    'GET /public/v1/jobs/{jobId}': (a) => a.jobs.get(7),
    'DELETE /public/v1/jobs/{jobId}': (a) => a.jobs.cancel(7),
    'GET /public/v1/regions': (a) => a.regions.list({ organizationId }),
    'POST /public/v1/regions': (a) => a.regions.create({ name: 'eu', organizationId, enabled: true }),
    'GET /public/v1/regions/{regionId}': (a) => a.regions.get(id),
    'PATCH /public/v1/regions/{regionId}': (a) => a.regions.patch(id, { enabled: false }),
    'DELETE /public/v1/regions/{regionId}': (a) => a.regions.delete(id),
    'GET /public/v1/dataplanes': (a) => a.dataplanes.list({ regionIds: [id] }),
    'POST /public/v1/dataplanes': (a) => a.dataplanes.create({ regionId: id, name: 'one', enabled: true }),
    'GET /public/v1/dataplanes/{dataplaneId}': (a) => a.dataplanes.get(id),
    'PATCH /public/v1/dataplanes/{dataplaneId}': (a) => a.dataplanes.patch(id, { name: 'two' }),
    'DELETE /public/v1/dataplanes/{dataplaneId}': (a) => a.dataplanes.delete(id),
    'GET /public/v1/connector_definitions': (a) => a.definitions.list({ type: 'source', workspaceId }),
    'GET /public/v1/workspaces/{workspaceId}/definitions/declarative_sources': (a) =>
      a.definitions.declarativeSources.list({ workspaceId }),
    'POST /public/v1/workspaces/{workspaceId}/definitions/declarative_sources': (a) =>
      a.definitions.declarativeSources.create({ workspaceId, name: 'Mine', manifest: { version: '6' } }),
    'GET /public/v1/workspaces/{workspaceId}/definitions/declarative_sources/{definitionId}': (a) =>
      a.definitions.declarativeSources.get({ workspaceId, definitionId }),
    'PUT /public/v1/workspaces/{workspaceId}/definitions/declarative_sources/{definitionId}': (a) =>
      a.definitions.declarativeSources.replace({ workspaceId, definitionId, manifest: { version: '7' } }),
    'DELETE /public/v1/workspaces/{workspaceId}/definitions/declarative_sources/{definitionId}': (a) =>
      a.definitions.declarativeSources.delete({ workspaceId, definitionId }),
    'POST /public/v1/workspaces/{workspaceId}/definitions/sources': (a) => a.definitions.sources.create(definition),
    'PUT /public/v1/workspaces/{workspaceId}/definitions/sources/{definitionId}': (a) =>
      a.definitions.sources.replace({ workspaceId, definitionId, name: 'Mine', dockerImageTag: '1.0.1' }),
    'DELETE /public/v1/workspaces/{workspaceId}/definitions/sources/{definitionId}': (a) =>
      a.definitions.sources.delete({ workspaceId, definitionId }),
    'POST /public/v1/workspaces/{workspaceId}/definitions/destinations': (a) =>
      a.definitions.destinations.create({ ...definition, documentationUrl: 'https://docs.example.com' }),
    'GET /public/v1/workspaces/{workspaceId}/definitions/destinations/{definitionId}': (a) =>
      a.definitions.destinations.get({ workspaceId, definitionId }),
    'PUT /public/v1/workspaces/{workspaceId}/definitions/destinations/{definitionId}': (a) =>
      a.definitions.destinations.replace({ workspaceId, definitionId, name: 'Mine', dockerImageTag: '1.0.1' }),
    'DELETE /public/v1/workspaces/{workspaceId}/definitions/destinations/{definitionId}': (a) =>
      a.definitions.destinations.delete({ workspaceId, definitionId }),
    'GET /public/v1/sources': (a) => a.sources.list({ workspaceIds: [id, id], includeDeleted: true }, page),
    'POST /public/v1/sources': (a) =>
      a.sources.create({ workspaceId, name: 'Shop', definitionId, configuration, secretId: 'airbyte_oauth_1' }),
    'GET /public/v1/sources/{sourceId}': (a) => a.sources.get(id, { includeSecretCoordinates: true }),
    'PATCH /public/v1/sources/{sourceId}': (a) => a.sources.patch(id, { name: 'Shop', configuration, secretId: 's' }),
    'PUT /public/v1/sources/{sourceId}': (a) => a.sources.replace(id, { name: 'Shop', configuration }),
    'DELETE /public/v1/sources/{sourceId}': (a) => a.sources.delete(id),
    'GET /public/v1/destinations': (a) => a.destinations.list({ workspaceId }, page),
    'POST /public/v1/destinations': (a) =>
      a.destinations.create({ workspaceId, name: 'Warehouse', definitionId, configuration }),
    'GET /public/v1/destinations/{destinationId}': (a) => a.destinations.get(id),
    'PATCH /public/v1/destinations/{destinationId}': (a) => a.destinations.patch(id, { configuration }),
    'PUT /public/v1/destinations/{destinationId}': (a) => a.destinations.replace(id, { name: 'W', configuration }),
    'DELETE /public/v1/destinations/{destinationId}': (a) => a.destinations.delete(id),
    'GET /public/v1/connections': (a) => every(a.connections.iterate({ workspaceIds: 'all', tagIds: [id] }, page)),
    'POST /public/v1/connections': (a) =>
      a.connections.create({
        name: 'Shop → warehouse',
        sourceId: id,
        destinationId: id,
        streams,
        schedule,
        prefix: 'shop_',
        namespaceDefinition: 'custom_format',
        namespaceFormat: '${SOURCE_NAMESPACE}',
        nonBreakingSchemaUpdatesBehavior: 'propagate_columns',
        status: 'active',
        tags: [{ tagId: id, workspaceId, name: 'hot', color: 'FF0000' }],
      }),
    'GET /public/v1/connections/{connectionId}': (a) => a.connections.get(id),
    'PATCH /public/v1/connections/{connectionId}': (a) =>
      a.connections.patch(id, { streams, schedule, status: 'inactive' }),
    'DELETE /public/v1/connections/{connectionId}': (a) => a.connections.delete(id),
    'GET /public/v1/streams': (a) => a.streams.list({ sourceId: id, destinationId: id, ignoreCache: true }),
    'GET /public/v1/workspaces': (a) => a.workspaces.list({ workspaceIds: [id] }),
    'POST /public/v1/workspaces': (a) =>
      a.workspaces.create({ name: 'acme', organizationId, regionId: id, notifications }),
    'GET /public/v1/workspaces/{workspaceId}': (a) => a.workspaces.get(id),
    'PATCH /public/v1/workspaces/{workspaceId}': (a) => a.workspaces.patch(id, { name: 'acme', notifications }),
    'DELETE /public/v1/workspaces/{workspaceId}': (a) => a.workspaces.delete(id),
    'PUT /public/v1/workspaces/{workspaceId}/oauthCredentials': (a) => a.workspaces.setOAuthCredentials(id, oauthApp),
    'DELETE /public/v1/workspaces/{workspaceId}/oauthCredentials/{actorType}/{name}': (a) =>
      a.workspaces.deleteOAuthCredentials(id, oauthApp),
    'GET /public/v1/permissions': (a) => a.permissions.list({ userId: id, organizationId }),
    'POST /public/v1/permissions': (a) => a.permissions.create({ userId: id, permissionType, workspaceId }),
    'GET /public/v1/permissions/{permissionId}': (a) => a.permissions.get(id),
    'PATCH /public/v1/permissions/{permissionId}': (a) => a.permissions.patch(id, { permissionType }),
    'DELETE /public/v1/permissions/{permissionId}': (a) => a.permissions.delete(id),
    'GET /public/v1/organizations': (a) => a.organizations.list(),
    'PUT /public/v1/organizations/{organizationId}/oauthCredentials': (a) =>
      a.organizations.setOAuthCredentials(id, oauthApp),
    'DELETE /public/v1/organizations/{organizationId}/oauthCredentials/{actorType}/{name}': (a) =>
      a.organizations.deleteOAuthCredentials(id, oauthApp),
    'GET /public/v1/users': (a) => a.users.list({ organizationId, ids: [id], emails: ['a@example.com'] }),
    'GET /public/v1/groups': (a) => a.groups.list({ organizationId }, page),
    'POST /public/v1/groups': (a) => a.groups.create(group),
    'GET /public/v1/groups/{groupId}': (a) => a.groups.get(id),
    'PATCH /public/v1/groups/{groupId}': (a) => a.groups.patch(id, { name: 'Analysts' }),
    'DELETE /public/v1/groups/{groupId}': (a) => a.groups.delete(id),
    'GET /public/v1/groups/{groupId}/members': (a) => a.groups.members.list(id, page),
    'POST /public/v1/groups/{groupId}/members': (a) => a.groups.members.create(id, { userId: id }),
    'DELETE /public/v1/groups/{groupId}/members/{userId}': (a) => a.groups.members.delete(id, id),
    'GET /public/v1/groups/{groupId}/permissions': (a) => a.groups.permissions.list(id),
    'POST /public/v1/groups/{groupId}/permissions': (a) =>
      a.groups.permissions.create(id, { permissionType, workspaceId }),
    'DELETE /public/v1/groups/{groupId}/permissions/{permissionId}': (a) => a.groups.permissions.delete(id, id),
    'GET /public/v1/tags': (a) => a.tags.list({ workspaceId }),
    'POST /public/v1/tags': (a) => a.tags.create({ workspaceId, name: 'hot', color: 'FF0000' }),
    'GET /public/v1/tags/{tagId}': (a) => a.tags.get(id),
    'PATCH /public/v1/tags/{tagId}': (a) => a.tags.patch(id, { name: 'cold', color: '0000FF' }),
    'DELETE /public/v1/tags/{tagId}': (a) => a.tags.delete(id),
    'POST /public/v1/embedded/widget_token': (a) =>
      a.embedded.widgetToken({ organizationId, allowedOrigin: 'https://app.example.com', externalUserId: 'u1' }),
    'POST /public/v1/embedded/scoped_token': (a) => a.embedded.scopedToken({ workspaceId }),
    'GET /public/v1/embedded/organizations': (a) => a.embedded.listOrganizations(),
  }),
  {
    operation: 'POST /public/v1/applications/token',
    call: (a) => a.workspaces.get(id),
    client: () => ({ auth: { kind: 'client', clientId: 'c', clientSecret: 's' } }),
  },
  {
    operation: 'GET /public/v1/workspaces/{workspaceId}/definitions/sources',
    call: (a) => a.definitions.sources.list({ workspaceId }),
    lacks: lacksConfigApi,
  },
  {
    operation: 'GET /public/v1/workspaces/{workspaceId}/definitions/sources/{definitionId}',
    call: (a) => a.definitions.sources.get({ workspaceId, definitionId }),
    lacks: lacksConfigApi,
  },
  {
    operation: 'GET /public/v1/workspaces/{workspaceId}/definitions/destinations',
    call: (a) => a.definitions.destinations.list({ workspaceId }),
    lacks: lacksConfigApi,
  },
  {
    operation: 'POST /public/v1/sources/initiateOAuth',
    call: (a) =>
      a.oauth.getConsentUrl({
        workspaceId,
        definitionId,
        sourceType: 'hubspot',
        redirectUrl: 'https://app.example.com/callback',
        input: { shop: 'acme' },
      }),
    client: asCloud,
  },
]

/** Operations of the document that are no client's to call. */
export const publicLeftOut: Record<string, string> = {
  'GET /public': 'a redirect to the HTML documentation, for people',
  'GET /public/v1/oauth/callback': "the provider sends the user's browser there, on Cloud; no client calls it",
}
