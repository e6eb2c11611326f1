// The demo's shop database as a customer would configure and choose it.
import type { ConnectionStream, Stream } from '@opsai/contract'
import type { Stack } from './stack.js'

/** What a person types into the PostgreSQL form. */
export const shopConfiguration = (stack: Pick<Stack, 'port'>, password: string) => ({
  host: '127.0.0.1',
  port: stack.port + 3,
  database: 'shop',
  schemas: ['public'],
  username: 'reader',
  password,
  ssl_mode: { mode: 'disable' },
  replication_method: { method: 'Standard' },
})

/** Every stream: incremental and deduplicated where it can be, if that is wanted; else read whole. */
export const chooseAll = (streams: readonly Stream[], wanted: 'deduped' | 'overwrite'): ConnectionStream[] =>
  streams.map(({ name, namespace, syncModes, cursorField, primaryKey }) =>
    wanted === 'deduped' && syncModes.includes('incremental_deduped_history')
      ? { name, namespace, syncMode: 'incremental_deduped_history', cursorField, primaryKey }
      : { name, namespace, syncMode: 'full_refresh_overwrite' },
  )

/** Logs in to the shop's database as the role a customer hands out. */
export const shopUrl = (stack: Pick<Stack, 'port'>, password: string) =>
  `postgresql://reader:${password}@127.0.0.1:${stack.port + 3}/shop`
