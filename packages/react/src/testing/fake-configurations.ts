// What the fake proxy has stored of a source: as the real one answers it, no secret is ever in it.
import type { Configuration } from '@opsai/contract'
import { secretMask } from '../spec/cast.js'

const secretKeys = new Set(['api_key', 'password', 'client_secret', 'refresh_token', 'access_token'])

/** A configuration with its secrets as ten stars. */
export const toMasked = (configuration: Configuration): Configuration =>
  Object.fromEntries(
    Object.entries(configuration).map(([key, value]) => [
      key,
      secretKeys.has(key) ? secretMask : isObject(value) ? toMasked(value) : value,
    ]),
  )

const isObject = (value: unknown): value is Configuration =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the sources that exist from the start were connected with. */
export const fakeConfigurations: Readonly<Record<string, Configuration>> = {
  stripe: toMasked({ api_key: '', start_date: '2024-01-25' }),
  shopify: toMasked({ api_key: '' }),
  hubspot: toMasked({
    credentials: { auth_type: 'oauth', client_id: 'app_1', client_secret: '', refresh_token: '' },
    start_date: '2024-01-25T00:00:00Z',
  }),
  postgres: toMasked({
    host: 'db.harbor.example',
    port: 5432,
    database: 'shop',
    username: 'reader',
    password: '',
    schemas: ['public'],
    ssl: true,
  }),
}
