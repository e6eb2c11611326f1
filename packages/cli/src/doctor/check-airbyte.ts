import { randomUUID } from 'node:crypto'
import { type AirbyteClient, createAirbyteClient, isAirbyteError } from '@opsai/airbyte-client'
import { type Environment, toAirbyteAuth } from '@opsai/server/environment'
import { checkClock } from './check-clock.js'
import { failed, type Finding, ok, warning } from './finding.js'
import { watchFetch } from './watched-fetch.js'

export type Capabilities = Awaited<ReturnType<AirbyteClient['capabilities']>>

export interface AirbyteReport {
  findings: Finding[]
  capabilities?: Capabilities
  /** Where it answers and lets us in. */
  airbyte?: AirbyteClient
}

/** Whether Airbyte is there, lets us in, offers what the proxy needs, and tells the same time. */
export async function checkAirbyte(settings: Environment, fetch: typeof globalThis.fetch): Promise<AirbyteReport> {
  const baseUrl = settings.AIRBYTE_API_URL
  if (!baseUrl) return { findings: [] }
  const watched = watchFetch((request) => fetch(request))
  const airbyte = createAirbyteClient({
    baseUrl,
    auth: toAirbyteAuth(settings),
    fetch: watched.fetch,
    timeoutMs: 10_000,
  })
  const reachable = await checkReachable(airbyte, baseUrl)
  const clock = watched.clock()
  const findings = [reachable, ...(clock ? [checkClock("Airbyte's", clock)] : [])]
  if (reachable.status === 'failed') return { findings }
  const access = await checkAccess(airbyte, settings, watched.tokenStatus)
  if (access.status === 'failed') return { findings: [...findings, access] }
  const capabilities = await airbyte.capabilities()
  return { findings: [...findings, access, ...toOffers(capabilities, settings)], capabilities, airbyte }
}

async function checkReachable(airbyte: AirbyteClient, baseUrl: string): Promise<Finding> {
  try {
    await airbyte.health()
    return ok('airbyte', `answers at ${new URL(baseUrl).origin}`)
  } catch (error) {
    if (!isAirbyteError(error)) throw error
    const remedy =
      error.code === 'network' || error.code === 'timeout'
        ? 'Is Airbyte running, and may this machine reach it? AIRBYTE_API_URL says where it is looked for.'
        : 'Something else may be listening there, or a gateway in front: AIRBYTE_API_URL is the root, without /api.'
    return failed('airbyte', error.message, remedy)
  }
}

/** An id nobody has: whoever is let in hears "forbidden" or "not found" of it. */
async function checkAccess(
  airbyte: AirbyteClient,
  settings: Environment,
  tokenStatus: () => number | undefined,
): Promise<Finding> {
  try {
    await airbyte.workspaces.get(randomUUID())
  } catch (error) {
    if (!isAirbyteError(error)) throw error
    if (error.code === 'unauthorized') return refused(settings, tokenStatus() ?? error.status)
    if (error.code !== 'forbidden' && error.code !== 'not_found')
      return failed('credentials', error.message, "Look into Airbyte's server log for the same moment.")
  }
  const { kind } = toAirbyteAuth(settings)
  if (kind === 'none') return ok('credentials', 'none are set, and Airbyte asks for none')
  return ok('credentials', kind === 'client' ? 'Airbyte gave a token for the application' : 'the static token is taken')
}

/** Wrong credentials are answered differently by each edition. */
function refused(settings: Environment, status: number | undefined): Finding {
  const { kind } = toAirbyteAuth(settings)
  if (kind === 'none')
    return failed(
      'credentials',
      'Airbyte wants credentials and none are set',
      "Make an application in Airbyte's settings; set AIRBYTE_CLIENT_ID and AIRBYTE_CLIENT_SECRET.",
    )
  if (kind === 'apiKey')
    return failed('credentials', 'Airbyte refuses AIRBYTE_API_KEY', 'It may have expired: set a new one.')
  const by: Readonly<Record<number, string>> = {
    400: ' (400: how a self-managed Airbyte with simple authentication says it)',
    401: ' (401: how Airbyte Cloud, and Airbyte with Keycloak, say it)',
    500: ' (500: how an Airbyte that keeps applications in its database says it)',
  }
  return failed(
    'credentials',
    `Airbyte knows no application with this id and secret${by[status ?? 0] ?? ''}`,
    "Copy both again from Airbyte's settings, Applications, into AIRBYTE_CLIENT_ID and AIRBYTE_CLIENT_SECRET.",
  )
}

function toOffers(capabilities: Capabilities, settings: Environment): Finding[] {
  const { edition, publicApi, configApi, sampleRows } = capabilities
  const lacking: Finding[] = []
  if (publicApi === 'absent')
    lacking.push(
      failed('capabilities', 'the public API is missing', 'Update Airbyte, or let the gateway pass /api/public/v1.'),
    )
  if (configApi !== 'present')
    lacking.push(
      failed(
        'capabilities',
        `the Config API is ${configApi}: no forms, no tests, no discovery`,
        'Let the gateway pass /api/v1, and give the application the rights of an editor.',
      ),
    )
  if (!sampleRows && settings.OPSAI_PREVIEW_SYNC === 'off')
    lacking.push(
      warning(
        'capabilities',
        'this Airbyte has no call for sample rows: before the first sync, examples are shown',
        'Set OPSAI_PREVIEW_SYNC=on for real ones, by a sync into a schema that is dropped after.',
      ),
    )
  return lacking.length > 0 ? lacking : [ok('capabilities', `${edition}: everything the proxy uses is offered`)]
}
