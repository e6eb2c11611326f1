// Sources that are set up. The public API keeps them; `internal` is the Config API's own record of the same sources.
import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Source } from '../schemas.js'
import { collect, iterateScoped, type ListOptions } from '../scoped-list.js'
import { toSearch } from '../search.js'
import { createSourceWork } from '../working/source-work.js'
import type { Work } from '../working/work.js'
import type { WorkspaceScope } from '../workspace-scope.js'
import { createInternalSources } from './internal-sources.js'

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

export interface SourceReplacement {
  name: string
  /** The whole of it; a mask (`**********`) keeps the stored secret, except inside lists. */
  configuration: Record<string, unknown>
}

/** Configured sources. */
export function createSources(request: Requester, work: Work) {
  const api = publicApi(request)
  const iterate = (
    { includeDeleted, ...scope }: WorkspaceScope & { includeDeleted?: boolean },
    options: ListOptions = {},
  ): AsyncGenerator<Source, void, undefined> =>
    iterateScoped(request, { path: 'sources', item: Source, scope, search: { includeDeleted } }, options)

  return {
    /**
     * Stores a source without testing it; asking twice makes two. Wrong configuration is `invalid`.
     *
     * @example
     * const source = await airbyte.sources.create({ workspaceId, name: 'Shop', definitionId, configuration: { api_key } })
     */
    create: (source: NewSource, options: CallOptions = {}): Promise<Source> =>
      api.post('sources', source, Source, options),

    /**
     * Secrets come as ten stars, or, where `includeSecretCoordinates` asks for it, as the place they are kept at.
     * An id Airbyte does not know is `forbidden`.
     */
    get: (
      sourceId: string,
      { includeSecretCoordinates, ...options }: CallOptions & { includeSecretCoordinates?: boolean } = {},
    ): Promise<Source> => api.get(at`sources/${sourceId}`, Source, options, toSearch({ includeSecretCoordinates })),

    /**
     * Sources one by one, asking for the next page when it is wanted.
     *
     * @example
     * for await (const source of airbyte.sources.iterate({ workspaceId })) console.log(source.name)
     */
    iterate,

    /** All sources of a workspace, of several, or of `{ workspaceIds: 'all' }` the token may see. */
    list: (scope: Parameters<typeof iterate>[0], options: ListOptions = {}): Promise<Source[]> =>
      collect(iterate(scope, options)),

    /** PUT, the edit for forms: the whole configuration, where a mask keeps the stored secret. */
    replace: (sourceId: string, source: SourceReplacement, options: CallOptions = {}): Promise<Source> =>
      api.put(at`sources/${sourceId}`, source, Source, options),

    /** PATCH, the edit for signing in again (`secretId`) or for a new name. */
    patch: (sourceId: string, patch: SourcePatch, options: CallOptions = {}): Promise<Source> =>
      api.patch(at`sources/${sourceId}`, patch, Source, options),

    /** Deletes it with its connections. */
    delete: (sourceId: string, options: CallOptions = {}): Promise<void> =>
      api.delete(at`sources/${sourceId}`, options),

    ...createSourceWork(request, work),
    internal: createInternalSources(request),
  }
}
