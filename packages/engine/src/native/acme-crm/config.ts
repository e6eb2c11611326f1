import * as z from 'zod'
import { toConfigError } from '../../load/destination-config.js'

const OAuthCredentials = z.looseObject({
  auth_type: z.literal('oauth2.0'),
  client_id: z.string().min(1),
  client_secret: z.string().min(1),
  refresh_token: z.string().min(1),
})
const KeyCredentials = z.looseObject({ auth_type: z.literal('api_key'), api_key: z.string().min(1) })

const AcmeCrmConfig = z.looseObject({
  credentials: z.discriminatedUnion('auth_type', [OAuthCredentials, KeyCredentials]),
  start_date: z.iso.datetime({ offset: true }).optional(),
  base_url: z.url().optional(),
})
/** Fields we don't know are kept, so that a configuration stored anew loses nothing. */
export type AcmeCrmConfig = z.output<typeof AcmeCrmConfig>

/** @throws {ConnectorError} naming the fields that are wrong */
export function parseAcmeCrmConfig(config: unknown): AcmeCrmConfig {
  const parsed = AcmeCrmConfig.safeParse(config)
  if (!parsed.success) throw toConfigError(parsed.error, 'The configuration')
  return parsed.data
}
