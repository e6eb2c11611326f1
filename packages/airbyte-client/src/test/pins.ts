// Which schema of ours reads which of the documents' types, and which type of ours becomes which request.

export interface Pin {
  /** Ours: the name of a schema, or a TypeScript type in terms of `Ours`. */
  ours: string
  door: 'Public' | 'Config'
  /** The document's: the name of a schema, or a path below the generated types. */
  theirs: string
}

const answersOf = (door: Pin['door'], pairs: Record<string, string>): Pin[] =>
  Object.entries(pairs).map(([ours, theirs]) => ({ ours, door, theirs }))

const command = (path: string) =>
  `paths['/v1/commands/${path}']['post']['responses'][200]['content']['application/json']`

export const answerPins: Pin[] = [
  ...answersOf('Public', {
    AccessToken: 'PublicAccessTokenResponse',
    Application: 'ApplicationRead',
    Applications: 'ApplicationReadList',
    Workspace: 'WorkspaceResponse',
    Notifications: 'NotificationsConfig',
    Organization: 'OrganizationResponse',
    User: 'UserResponse',
    PermissionType: 'PermissionType',
    Permission: 'PermissionResponse',
    ListedPermission: 'PermissionResponseRead',
    Group: 'GroupResponse',
    GroupMember: 'GroupMemberResponse',
    GroupPermission: 'GroupPermissionResponse',
    EmbeddedOrganization: 'EmbeddedOrganizationListItem',
    EmbeddedOrganizations: 'EmbeddedOrganizationsList',
    EmbeddedToken: 'EmbeddedWidgetResponse',
    Region: 'RegionResponse',
    Dataplane: 'DataplaneResponse',
    DataplaneCredentials: 'DataplaneCreateResponseBody',
    Definition: 'DefinitionResponse',
    DeclarativeSourceDefinition: 'DeclarativeSourceDefinitionResponse',
    ListedDefinition: 'ConnectorDefinitionResponse',
    Source: 'SourceResponse',
    Destination: 'DestinationResponse',
    StreamProperties: 'StreamProperties',
    SyncMode: 'ConnectionSyncModeEnum',
    ReadSyncMode: 'ConnectionSyncModeEnum',
    Tag: 'TagResponse',
    Mapper: 'ConfiguredStreamMapper',
    StreamConfiguration: 'StreamConfiguration',
    ConnectionStatus: 'ConnectionStatusEnum',
    Connection: 'ConnectionResponse',
    JobStatus: 'JobStatusEnum',
    Job: 'JobResponse',
  }),
  ...answersOf('Config', {
    InternalWorkspace: 'WorkspaceRead',
    InternalWorkspaces: 'WorkspaceReadList',
    WorkspaceContents: 'WebBackendWorkspaceStateResult',
    SourceDefinition: 'SourceDefinitionRead',
    SourceDefinitions: 'SourceDefinitionReadList',
    DestinationDefinition: 'DestinationDefinitionRead',
    DestinationDefinitions: 'DestinationDefinitionReadList',
    ConnectorVersion: 'ActorDefinitionVersionRead',
    AdvancedAuth: 'AdvancedAuth',
    SourceSpec: 'SourceDefinitionSpecificationRead',
    DestinationSpec: 'DestinationDefinitionSpecificationRead',
    Documentation: 'ConnectorDocumentationRead',
    InternalSource: 'SourceRead',
    InternalSources: 'SourceReadList',
    InternalDestination: 'DestinationRead',
    InternalDestinations: 'DestinationReadList',
    FailureReason: 'FailureReason',
    SynchronousJob: 'SynchronousJobRead',
    Check: 'CheckConnectionRead',
    DiscoveredStream: 'AirbyteStream',
    Streams: 'AirbyteCatalog',
    StreamsDiff: 'CatalogDiff',
    SchemaChange: 'SchemaChange',
    Discovery: 'SourceDiscoverSchemaRead',
    DiffedStreams: "paths['/v1/catalogs/diff']['post']['responses'][200]['content']['application/json']",
    RememberedStreams: 'ActorCatalogWithUpdatedAt',
    InternalConnection: 'ConnectionRead',
    InternalConnections: 'ConnectionReadList',
    ConnectionOverview: 'WebBackendConnectionRead',
    ConnectionSummary: 'WebBackendConnectionListItem',
    ConnectionSummaries: 'WebBackendConnectionReadList',
    JobConfigType: 'JobConfigType',
    InternalJob: 'JobRead',
    JobDetail: 'JobInfoRead',
    OptionalJob: 'JobOptionalRead',
    OneJob: 'JobInfoLightRead',
    InternalJobs: 'JobReadList',
    ConnectionHealth: 'ConnectionStatusRead',
    SyncProgress: 'ConnectionSyncProgressRead',
    LastJobOfStream: 'ConnectionLastJobPerStreamReadItem',
    ConnectionState: 'ConnectionState',
    StreamStatus: 'StreamStatusRead',
    StreamStatuses: 'StreamStatusReadList',
    Health: 'HealthCheckRead',
    InstanceConfiguration: 'InstanceConfigurationResponse',
    WebappConfiguration: 'WebappConfigResponse',
    Updates: 'WebBackendCheckUpdatesRead',
    CronDescription: 'WebBackendCronExpressionDescription',
    TriedNotification: 'NotificationRead',
    StreamRead: 'ConnectorBuilderProjectStreamRead',
    CompletedOAuth: 'CompleteOAuthResponse',
    OAuthScopes: 'SourceOAuthScopesRead',
    CommandId: command('run/check'),
    CommandStatus: command('status'),
    Command: command('get'),
    CheckOutput: command('output/check'),
    DiscoverOutput: command('output/discover'),
    SpecOutput: command('output/spec'),
    ReplicateOutput: command('output/replicate'),
  }),
]

/** Schemas that are in no document. */
export const unpinned: Record<string, string> = {
  Capabilities: "the embedded engine's own addition",
  SampleRows: "the embedded engine's own addition",
  Consent: 'reads three spellings, none of which the document of the public API names',
  pageOf: 'a page of anything; its items are pinned',
}

const stream = "Omit<Known<Ours.StreamConfiguration>, 'mappers'>"

export const requestPins: Pin[] = [
  ...answersOf('Public', {
    NewSource: 'SourceCreateRequest',
    SourcePatch: 'SourcePatchRequest',
    SourceReplacement: 'SourcePutRequest',
    NewDestination: 'DestinationCreateRequest',
    DestinationPatch: 'DestinationPatchRequest',
    DestinationReplacement: 'DestinationPutRequest',
    // A mapper's configuration is handed back as it was read.
    [`Omit<Ours.NewConnection, 'streams'> & { configurations: { streams: ${stream}[] } }`]: 'ConnectionCreateRequest',
    [`Omit<Ours.ConnectionPatch, 'streams'> & { configurations?: { streams: ${stream}[] } }`]: 'ConnectionPatchRequest',
    NewWorkspace: 'WorkspaceCreateRequest',
    WorkspacePatch: 'WorkspaceUpdateRequest',
    OAuthCredentials: 'WorkspaceOAuthCredentialsRequest',
    NewPermission: 'PermissionCreateRequest',
    "Omit<Ours.NewDefinition, 'workspaceId'>": 'CreateDefinitionRequest',
    "Omit<Ours.DefinitionReplacement, 'workspaceId' | 'definitionId'>": 'UpdateDefinitionRequest',
  }),
  ...answersOf('Config', {
    // A catalog is handed back as it was read.
    "Omit<Ours.NewInternalConnection, 'syncCatalog'>": 'ConnectionCreate',
    "Omit<Ours.InternalConnectionPatch, 'syncCatalog'> & { connectionId: string }": 'ConnectionUpdate',
    NewInternalWorkspace: 'WorkspaceCreate',
    'Ours.InternalWorkspacePatch & { workspaceId: string }': 'WorkspaceUpdate',
    InternalJobFilter: 'JobListRequestBody',
    "Omit<Ours.CustomSource, 'workspaceId'>": 'SourceDefinitionCreate',
    StreamToRead: 'ConnectorBuilderProjectStreamReadRequestBody',
    StreamName: 'ConnectionStream',
    'Ours.StreamStatusFilter & { pagination: object }': 'StreamStatusListRequestBody',
  }),
]
