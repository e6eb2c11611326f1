import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { createEngine } from '../engine.js'
import { makeTestDatabase } from '../test/test-database.js'

const encryptionKey = randomBytes(32).toString('base64')
const options = { encryptionKey, connectors: [] }

it('lets engines that start together take turns, and changes nothing the second time', async () => {
  const { url: databaseUrl, query } = await makeTestDatabase('migrate')
  const engines = await Promise.all([1, 2, 3].map(() => createEngine({ ...options, databaseUrl })))
  const steps = () => query('SELECT name, applied_at FROM airbyte_engine.migration ORDER BY name')
  const first = await steps()
  engines.push(await createEngine({ ...options, databaseUrl }))
  expect(await steps()).toEqual(first)
  for (const engine of engines) await engine.close()
})

it('does not start with another key than the database was written with', async () => {
  const { url: databaseUrl } = await makeTestDatabase('migrate')
  await (await createEngine({ ...options, databaseUrl })).close()
  const another = randomBytes(32).toString('base64')
  await expect(createEngine({ ...options, databaseUrl, encryptionKey: another })).rejects.toThrow(
    'encryption key is not the one',
  )
})

it('does not start on the database of a newer engine', async () => {
  const { url: databaseUrl, query } = await makeTestDatabase('migrate')
  await (await createEngine({ ...options, databaseUrl })).close()
  await query(`INSERT INTO airbyte_engine.migration (name) VALUES ('9999_future')`)
  await expect(createEngine({ ...options, databaseUrl })).rejects.toThrow('too old to know')
})

it('needs no right to create schemas where its own is there', async () => {
  const { url, query } = await makeTestDatabase('migrate')
  const role = `engine_${randomBytes(4).toString('hex')}`
  await query(`CREATE ROLE ${role} LOGIN PASSWORD 'only-for-this-test'`)
  await query(`CREATE SCHEMA airbyte_engine AUTHORIZATION ${role}`)
  const databaseUrl = new URL(url)
  databaseUrl.username = role
  databaseUrl.password = 'only-for-this-test'
  await (await createEngine({ ...options, databaseUrl: databaseUrl.href })).close()
})
