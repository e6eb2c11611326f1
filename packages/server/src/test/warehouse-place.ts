// Databases for tests of the warehouse: each its own, with two tenants of names nobody else has.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { pino } from 'pino'
import { postgresUrl } from '../../../../.ci/test-postgres.js'
import { createLog } from '../log.js'
import type { Db } from '../store/database.js'

/** Roles belong to the whole server, so that each run has its own. */
export const randomName = () =>
  [...randomUUID().replaceAll('-', '').slice(0, 16)].map((hex) => 'abcdefghijklmnop'[parseInt(hex, 16)]).join('')
export const newSlug = () => `t_${randomName()}`

export const password = 'same for all here'
export const passwords = { sync: password, app: password }
export const silent = createLog(pino({ level: 'silent' }), [])

export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** One connection as a `Db`, so that what it asks is in the transaction it is in. */
export const asDb = (client: pg.Client): Db => ({
  rows: async <T extends object>(sql: string, values: readonly unknown[] = []) =>
    (await client.query(sql, [...values])).rows as T[],
  transaction: () => Promise.reject(new Error('none')),
})

/** A database of its own, opened by a superuser, or by a role that owns it and may make roles: as a managed PostgreSQL has it. */
export function openPlace(kind: 'superuser' | 'owner') {
  const database = `place_${kind}_${randomUUID().slice(0, 8)}`
  const owner = `owner_${randomName()}`
  const rows = async (sql: string): Promise<object[]> => {
    const client = new pg.Client({ connectionString: postgresUrl() })
    await client.connect()
    return (await client.query(sql).finally(() => client.end())).rows as object[]
  }
  const server = async (sql: string): Promise<void> => void (await rows(sql))
  const toUrl = (role?: string) => {
    const url = Object.assign(new URL(postgresUrl()), { pathname: `/${database}` })
    if (role) Object.assign(url, { username: role, password })
    return url.href
  }
  return { database, owner, server, rows, toUrl, proxyUrl: () => toUrl(kind === 'owner' ? owner : undefined) }
}
