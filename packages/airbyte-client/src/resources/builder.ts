import { internalApi } from '../internal-api.js'
import type { CallOptions, Requester } from '../request.js'
import { StreamRead } from '../schemas.js'

/** A stream of a manifest, read with the testing values stored in a project of the Connector Builder. */
export interface StreamToRead {
  workspaceId: string
  builderProjectId: string
  manifest: Record<string, unknown>
  streamName: string
  /** At most 10,000. */
  recordLimit?: number
  pageLimit?: number
  sliceLimit?: number
  state?: Record<string, unknown>[]
}

/** Airbyte's Connector Builder. Config API. */
export function createBuilder(request: Requester) {
  const api = internalApi(request)
  return {
    /** Real records of one stream: the only call of Airbyte's that answers any. Stores nothing. */
    readStream: (stream: StreamToRead, options: CallOptions = {}): Promise<StreamRead> =>
      api.read('connector_builder_projects/read_stream', stream, StreamRead, { slow: true, ...options }),
  }
}
