// What a connection gets that nobody has said: modes of its streams, and when it syncs.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, type World } from '../test/world.js'
import { toOwnSchedule } from './spread-schedule.js'

let world: World
beforeAll(async () => {
  world = await createWorld({ syncEvery: '6h' })
})
afterAll(() => world.close())

interface Made {
  connectionId: string
  streams: { name: string; syncMode: string; cursorField?: string[] }[]
  schedule: object
}

async function connect(tenantId: string, body: object, sourceType = 'acme-crm') {
  const token = await world.newSession(tenantId)
  const ask = async <T>(name: Parameters<World['call']>[0], parts: object) => {
    const answer = await world.call(name, { token, ...parts })
    return { status: answer.status, body: (await answer.json()) as T }
  }
  const configuration =
    sourceType === 'acme-crm'
      ? { credentials: { auth_type: 'api_key', api_key: 'acme_key_test' } }
      : { count: 10, seed: 1 }
  const { body: source } = await ask<{ sourceId: string }>('createSource', {
    body: { tenantId, sourceType, name: sourceType, configuration },
  })
  const made = await ask<Made & { detail?: string }>('createConnection', {
    body: { sourceId: source.sourceId, ...body },
  })
  return { ...made, ask }
}

test('streams without a mode are incremental with one row for each key, wherever they have a cursor and a key', async () => {
  const { status, body } = await connect('modes', { streams: [{ name: 'contacts' }, { name: 'deals' }] })
  expect(status, body.detail).toBe(201)
  expect(body.streams.map(({ name, syncMode }) => [name, syncMode]).sort()).toEqual([
    ['contacts', 'incremental_deduped_history'],
    ['deals', 'incremental_deduped_history'],
  ])
})

test('a change may leave the mode out, too; a stream the source does not have is refused by its field', async () => {
  const { body: made, ask } = await connect('change', {
    streams: [{ name: 'contacts', syncMode: 'full_refresh_overwrite' }],
  })
  const { connectionId } = made
  const changed = await ask<Made>('updateConnection', {
    params: { connectionId },
    body: { streams: [{ name: 'deals' }] },
  })
  expect(changed.body.streams).toMatchObject([{ name: 'deals', syncMode: 'incremental_deduped_history' }])
  const refused = await ask<{ code: string; fieldErrors: { path: string[] }[] }>('updateConnection', {
    params: { connectionId },
    body: { streams: [{ name: 'nobody' }] },
  })
  expect([refused.status, refused.body.fieldErrors[0]?.path]).toEqual([400, ['streams', '0', 'name']])
})

test('all connections of a tenant sync at one minute, another tenant at its own, and who names a schedule keeps it', async () => {
  const streams = [{ name: 'users' }]
  const first = await connect('acme', { streams }, 'sample-data')
  const second = await connect('acme', { streams: [{ name: 'contacts' }] })
  expect(first.body.schedule).toEqual(toOwnSchedule('acme', '6h'))
  expect(second.body.schedule).toEqual(first.body.schedule)
  const other = await connect('globex', { streams }, 'sample-data')
  expect(other.body.schedule).toEqual(toOwnSchedule('globex', '6h'))
  expect(other.body.schedule).not.toEqual(first.body.schedule)
  const manual = await connect('acme', { streams, schedule: { scheduleType: 'manual' } }, 'sample-data')
  expect(manual.body.schedule).toEqual({ scheduleType: 'manual' })
})
