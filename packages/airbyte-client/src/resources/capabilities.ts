import type { CallOptions } from '../request.js'
import type { Probes } from '../working/probes.js'

/** What this Airbyte is and offers. */
export interface AirbyteCapabilities {
  /** `embedded` is the engine of this kit. */
  edition: 'cloud' | 'selfManaged' | 'embedded'
  /** As it says itself, where it does. */
  version?: string
  /** Whether calls without a token are refused. */
  authentication: 'required' | 'off' | 'unknown'
  publicApi: 'present' | 'absent'
  /** `forbidden`: it is there, or a gateway is, and our token is not let in. */
  configApi: 'present' | 'absent' | 'forbidden'
  /** Checks and discovers that run while nobody waits (since Airbyte 1.7); else they block. */
  commands: 'present' | 'absent'
  /** Sign-in through Airbyte's own callback (Cloud); else through the Config API and ours. */
  initiateOAuth: 'present' | 'absent'
  /** Reads a few rows of a source that was never synced: `sources.sample`. */
  sampleRows: boolean
  /** Syncs succeed where row security is FORCEd on the tables they write to, given a `raw_data_schema`. */
  loadsUnderForcedRowSecurity: boolean
}

/**
 * What this Airbyte offers, asked once per client; it makes nothing there. Throws where Airbyte is down, and asks again
 * the next time.
 *
 * @example
 * const { edition, commands, sampleRows } = await airbyte.capabilities()
 * if (sampleRows) console.log(await airbyte.sources.sample({ sourceId, limit: 3 }))
 */
export function createCapabilities(probes: Probes, edition: 'cloud' | 'selfManaged') {
  return async (options: CallOptions = {}): Promise<AirbyteCapabilities> => {
    const [engine, instance, publicApi, authentication, commands, initiateOAuth] = await Promise.all([
      probes.engine(options),
      probes.instance(options),
      probes.publicApi(options),
      probes.authentication(options),
      probes.commands(options),
      probes.initiateOAuth(options),
    ])
    return {
      edition: engine ? 'embedded' : edition,
      ...('version' in instance && { version: instance.version }),
      authentication,
      publicApi: said(publicApi),
      configApi: engine || commands ? 'present' : instance.api,
      commands: said(commands),
      initiateOAuth: said(initiateOAuth),
      sampleRows: engine?.sampleRows ?? false,
      loadsUnderForcedRowSecurity: engine?.loadsUnderForcedRowSecurity ?? false,
    }
  }
}

const said = (is: boolean) => (is ? 'present' : 'absent')
