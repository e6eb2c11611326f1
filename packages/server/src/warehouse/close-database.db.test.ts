// Closing a database to PUBLIC keeps in who was in, by name; a tenant's role of another warehouse on the server never was.
import { expect, test } from 'vitest'
import { newSlug, openPlace, password, passwords, randomName, silent } from '../test/warehouse-place.js'
import { openWarehouse, type Warehouse } from './warehouse.js'

const open = (url: string): Promise<Warehouse> =>
  openWarehouse({ url, log: silent, loadsUnderForcedRowSecurity: () => Promise.resolve(true) })

test('a second warehouse on the server holds on to no role of the first, also not to one of a preview', async () => {
  const [first, second] = [openPlace('superuser'), openPlace('superuser')]
  const [slug, preview, colleague] = [newSlug(), `${newSlug()}_preview_abcdefgh`, `colleague_${randomName()}`]
  for (const { server, database } of [first, second]) await server(`CREATE DATABASE ${database}`)
  const warehouse = await open(first.toUrl())
  await warehouse.provision(slug, passwords)
  await first.server(`CREATE ROLE ${preview} LOGIN PASSWORD '${password}'; CREATE ROLE ${colleague} LOGIN`)

  const another = await open(second.toUrl())
  const may = (role: string) =>
    second.rows(`SELECT has_database_privilege('${role}', '${second.database}', 'CONNECT') AS may`)
  expect(await may(colleague), 'who could connect still can').toEqual([{ may: true }])
  for (const role of [`${slug}_app`, `${slug}_sync`, preview]) expect(await may(role), role).toEqual([{ may: false }])

  await another.close()
  await first.server(`DROP ROLE ${preview}`)
  await warehouse.deprovision(slug)
  await warehouse.close()
  for (const { server, database } of [first, second]) await server(`DROP DATABASE ${database} WITH (FORCE)`)
  await first.server(`DROP ROLE ${colleague}`)
})
