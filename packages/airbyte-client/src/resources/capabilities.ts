import { AirbyteError } from '../airbyte-error.js'
import type { CallOptions, Requester } from '../request.js'
import { Capabilities } from '../schemas.js'

const none: Capabilities = { sampleRows: false, loadsUnderForcedRowSecurity: false }

/**
 * What this Airbyte does beyond Airbyte's own API: `GET /api/v1/opsai/capabilities`, which the embedded engine answers.
 * Where there is no such route (404, or 403 from a gateway in front), everything is false: that is a real Airbyte.
 *
 * @example
 * const { sampleRows } = await airbyte.capabilities()
 * if (sampleRows) console.log(await airbyte.sources.sample({ sourceId, limit: 3 }))
 */
export function createCapabilities(request: Requester) {
  return async (options: CallOptions = {}): Promise<Capabilities> => {
    try {
      const path = 'opsai/capabilities'
      return await request({ door: 'config', method: 'get', path, answer: Capabilities, ...options })
    } catch (error) {
      if (isMissing(error)) return none
      throw error
    }
  }
}

const isMissing = (error: unknown) => error instanceof AirbyteError && (error.status === 404 || error.status === 403)
