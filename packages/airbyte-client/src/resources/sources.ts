// Sources live in the public API; testing them and looking into them only the Config API can.
import { AirbyteError, isAirbyteError } from '../airbyte-error.js'
import { listAll } from '../pages.js'
import type { CallOptions, Requester } from '../request.js'
import { Check, Discovery, SampleRows, Source } from '../schemas.js'

export interface NewSource {
  workspaceId: string
  /** Not unique. */
  name: string
  definitionId: string
  configuration: Record<string, unknown>
  /** From `oauth.complete`: Airbyte fills the tokens in. The discriminator, e.g. `credentials.auth_type`, must be sent. */
  secretId?: string
}

export interface SourcePatch {
  name?: string
  /** Merged into the stored one: can't remove keys, and stores a mask (`**********`) as it is. */
  configuration?: Record<string, unknown>
  secretId?: string
}

/** Configured sources. */
export function createSources(request: Requester) {
  const path = 'sources'
  const one = (sourceId: string) => `${path}/${encodeURIComponent(sourceId)}`

  return {
    /** Stores a source without testing it; asking twice makes two. Wrong configuration is `invalid`. */
    create: (source: NewSource, options: CallOptions = {}): Promise<Source> =>
      request({ door: 'public', method: 'post', path, json: source, answer: Source, ...options }),

    /** Secrets come as ten stars. An id Airbyte does not know is `forbidden`. */
    get: (sourceId: string, options: CallOptions = {}): Promise<Source> =>
      request({ door: 'public', method: 'get', path: one(sourceId), answer: Source, ...options }),

    /** All sources of one workspace. */
    list: ({ workspaceId }: { workspaceId: string }, options: CallOptions = {}): Promise<Source[]> =>
      listAll(request, { path, search: ofWorkspace(workspaceId), item: Source, ...options }),

    /** PUT, the edit for forms: the whole configuration, where a mask keeps the stored secret. */
    replace: (
      sourceId: string,
      source: { name: string; configuration: Record<string, unknown> },
      options: CallOptions = {},
    ): Promise<Source> =>
      request({ door: 'public', method: 'put', path: one(sourceId), json: source, answer: Source, ...options }),

    /** PATCH, the edit for signing in again (`secretId`) or for a new name. */
    patch: (sourceId: string, patch: SourcePatch, options: CallOptions = {}): Promise<Source> =>
      request({ door: 'public', method: 'patch', path: one(sourceId), json: patch, answer: Source, ...options }),

    /** Deletes it with its connections. */
    delete: (sourceId: string, options: CallOptions = {}): Promise<void> =>
      request({ door: 'public', method: 'delete', path: one(sourceId), ...options }),

    /** Tests a stored source. A failed test is an answer, not an error. */
    check: (sourceId: string, options: CallOptions = {}): Promise<Check> =>
      request({ ...working('sources/check_connection', { sourceId }), answer: Check, ...options }),

    /** Tests a configuration that is not stored. */
    checkConfiguration: (
      { workspaceId, definitionId, configuration }: Pick<NewSource, 'workspaceId' | 'definitionId' | 'configuration'>,
      options: CallOptions = {},
    ): Promise<Check> =>
      request({
        ...working('scheduler/sources/check_connection', {
          workspaceId,
          sourceDefinitionId: definitionId,
          connectionConfiguration: configuration,
        }),
        answer: Check,
        ...options,
      }),

    /** The source's streams with their JSON schemas. `refresh` asks the source itself instead of Airbyte's cache. */
    discover: (
      sourceId: string,
      { refresh = false, ...options }: { refresh?: boolean } & CallOptions = {},
    ): Promise<Discovery> =>
      request({
        ...working('sources/discover_schema', { sourceId, disable_cache: refresh }),
        answer: Discovery,
        ...options,
      }),

    /** A few real rows of a stored source: the embedded engine's own addition, `not_supported` by Airbyte. */
    sample: async (
      sample: { sourceId: string; streams?: string[]; limit?: number },
      options: CallOptions = {},
    ): Promise<SampleRows> => {
      try {
        return await request({ ...working('opsai/sources/sample', sample), answer: SampleRows, ...options })
      } catch (error) {
        throw isMissingRoute(error) ? notOffered(error) : error
      }
    },
  }
}

export function ofWorkspace(workspaceId: string) {
  return new URLSearchParams({ workspaceIds: workspaceId })
}

function working(path: string, json: unknown) {
  return { door: 'config', method: 'post', path, json, slow: true } as const
}

/** Some Airbytes answer an unknown route like an unknown id, as 404 with `{errorId}`; the engine says `unknown source` with a title. */
function isMissingRoute(error: unknown): error is AirbyteError {
  if (!isAirbyteError(error)) return false
  return error.code === 'not_supported' || (error.code === 'not_found' && error.detail === undefined)
}

function notOffered(error: AirbyteError) {
  return new AirbyteError('This Airbyte has no call for sample rows; only the embedded engine has one.', {
    code: 'not_supported',
    ...(error.status !== undefined && { status: error.status }),
  })
}
