// What of a source needs its connector to run: the public API has none of it.
import { AirbyteError, isAirbyteError } from '../airbyte-error.js'
import { internalApi } from '../internal-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Check, Discovery, SampleRows } from '../schemas.js'
import type { Work } from './work.js'

/** A source that is not stored. */
export interface SourceDraft {
  workspaceId: string
  definitionId: string
  configuration: Record<string, unknown>
}

export function createSourceWork(request: Requester, work: Work) {
  const internal = internalApi(request)
  const toDraft = ({ workspaceId, definitionId, configuration }: SourceDraft) => ({
    workspaceId,
    sourceDefinitionId: definitionId,
    connectionConfiguration: configuration,
  })

  return {
    /** Tests a stored source. A failed test is an answer, not an error. */
    check: (sourceId: string, options: CallOptions = {}): Promise<Check> => {
      const blocking = () => internal.work('sources/check_connection', { sourceId }, Check, options)
      return work.check({ actorId: sourceId }, blocking, options)
    },

    /** Tests a configuration that is not stored. */
    checkConfiguration: (draft: SourceDraft, options: CallOptions = {}): Promise<Check> => {
      const blocking = () => internal.work('scheduler/sources/check_connection', toDraft(draft), Check, options)
      return work.check(draft, blocking, options)
    },

    /** Tests an edit before it is stored: masks stand for the stored secrets. */
    checkUpdate: (
      sourceId: string,
      { name, configuration }: { name: string; configuration: Record<string, unknown> },
      options: CallOptions = {},
    ): Promise<Check> => {
      const edit = { sourceId, name, connectionConfiguration: configuration }
      const blocking = () => internal.work('sources/check_connection_for_update', edit, Check, options)
      return work.check({ actorId: sourceId, configuration }, blocking, options)
    },

    /**
     * The source's streams with their JSON schemas. A command always asks the source itself; where there are none,
     * `refresh` says so, and else Airbyte's cache may answer.
     */
    discover: (
      sourceId: string,
      { refresh = false, ...options }: { refresh?: boolean } & CallOptions = {},
    ): Promise<Discovery> => {
      const json = { sourceId, disable_cache: refresh }
      const blocking = () => internal.work('sources/discover_schema', json, Discovery, options)
      return work.discover(sourceId, blocking, options)
    },

    /** The streams of a configuration that is not stored. */
    discoverConfiguration: (draft: SourceDraft, options: CallOptions = {}): Promise<Discovery> =>
      internal.work('scheduler/sources/discover_schema', toDraft(draft), Discovery, options),

    /** A few real rows of a stored source: the embedded engine's own addition, `not_supported` by Airbyte. */
    sample: async (
      sample: { sourceId: string; streams?: string[]; limit?: number },
      options: CallOptions = {},
    ): Promise<SampleRows> => {
      try {
        return await internal.work('opsai/sources/sample', sample, SampleRows, options)
      } catch (error) {
        throw isMissingRoute(error) ? notOffered(error) : error
      }
    },
  }
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
