// The Config API's record of sources, for what the public one can't: icon, pinned version, last sync, search by name, and a
// whole replacement with a `secretId`.
import { internalApi } from '../internal-api.js'
import { iterateCursor } from '../pages.js'
import type { CallOptions, Requester } from '../request.js'
import { InternalSource, InternalSources } from '../schemas.js'
import { collect } from '../scoped-list.js'
import { toActorQuery, type InternalActorFilter } from './actor-query.js'
import type { NewSource, SourcePatch, SourceReplacement } from './sources.js'

export function createInternalSources(request: Requester) {
  const api = internalApi(request)
  const iterate = (filter: InternalActorFilter, options: CallOptions = {}) =>
    iterateCursor(
      (cursor) => api.read('sources/list', toActorQuery(filter, cursor), InternalSources, options),
      ({ sources }) => ({ items: sources, next: sources.at(-1)?.sourceId }),
    )

  return {
    create: (
      { definitionId, configuration, ...source }: NewSource,
      options: CallOptions = {},
    ): Promise<InternalSource> =>
      api.write(
        'sources/create',
        { ...source, sourceDefinitionId: definitionId, connectionConfiguration: configuration },
        InternalSource,
        options,
      ),

    get: (sourceId: string, options: CallOptions = {}): Promise<InternalSource> =>
      api.read('sources/get', { sourceId }, InternalSource, options),

    /** Sources of one workspace, page by page. */
    iterate,

    list: (filter: InternalActorFilter, options: CallOptions = {}): Promise<InternalSource[]> =>
      collect(iterate(filter, options)),

    /** The whole configuration, where a mask keeps the stored secret, and `secretId` fills in what a sign-in brought. */
    replace: (
      sourceId: string,
      { configuration, ...source }: SourceReplacement & { secretId?: string },
      options: CallOptions = {},
    ): Promise<InternalSource> =>
      api.write(
        'sources/update',
        { ...source, sourceId, connectionConfiguration: configuration },
        InternalSource,
        options,
      ),

    patch: (
      sourceId: string,
      { configuration, ...patch }: SourcePatch,
      options: CallOptions = {},
    ): Promise<InternalSource> =>
      api.write(
        'sources/partial_update',
        { ...patch, sourceId, ...(configuration && { connectionConfiguration: configuration }) },
        InternalSource,
        options,
      ),

    delete: (sourceId: string, options: CallOptions = {}): Promise<void> =>
      api.run('sources/delete', { sourceId }, options),

    /** Moves the source to its connector's newest version. */
    upgradeVersion: (sourceId: string, options: CallOptions = {}): Promise<void> =>
      api.run('sources/upgrade_version', { sourceId }, options),
  }
}
