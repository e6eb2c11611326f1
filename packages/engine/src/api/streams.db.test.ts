import { expect, it } from 'vitest'
import { startWorld } from '../test/sync-world.js'

const streams = '/api/public/v1/streams'

it('trap 13: is a bare array without types, and without sync modes where no destination is named', async () => {
  const { engine, sourceId } = await startWorld()
  const ask = async (search: string) => (await engine.send('GET', `${streams}?sourceId=${sourceId}${search}`)).json()
  const plain = {
    streamName: 'numbers',
    defaultCursorField: ['id'],
    sourceDefinedCursorField: true,
    sourceDefinedPrimaryKey: [['id']],
    propertyFields: [['id'], ['word']],
  }
  expect(await ask('')).toEqual([plain])
  const { data } = (await (await engine.send('GET', '/api/public/v1/destinations')).json()) as {
    data: { destinationId: string }[]
  }
  expect(await ask(`&destinationId=${data[0]?.destinationId}`)).toEqual([
    {
      ...plain,
      syncModes: ['full_refresh_overwrite', 'full_refresh_append', 'incremental_append', 'incremental_deduped_history'],
    },
  ])
})

it('trap 13: is asked anew where the cache is to be ignored, and a connector that fails is a 500', async () => {
  let asked = 0
  const discover = () => {
    asked += 1
    return asked < 3 ? Promise.resolve() : Promise.reject(new Error('wrong password canary-77'))
  }
  const { engine, sourceId } = await startWorld({ discover })
  const ask = (search = '') => engine.send('GET', `${streams}?sourceId=${sourceId}${search}`)
  expect([(await ask()).status, (await ask()).status, asked]).toEqual([200, 200, 1])
  expect([(await ask('&ignoreCache=true')).status, asked]).toEqual([200, 2])
  const failed = await ask('&ignoreCache=true')
  const text = await failed.text()
  expect([failed.status, JSON.parse(text)]).toEqual([500, expect.objectContaining({ title: 'unexpected-problem' })])
  expect(text).not.toContain('canary-77')
})
