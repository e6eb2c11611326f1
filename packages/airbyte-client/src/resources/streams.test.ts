import { expect, it } from 'vitest'
import { airbyteWith, failureOf } from '../test/airbyte-with.js'

const order = { streamName: 'orders', streamnamespace: 'shop', syncModes: null, propertyFields: [['id']] }

it('trap 13: streams are a bare array with a lower-case namespace and, without a destination, no modes', async () => {
  const { airbyte, asked } = await airbyteWith((app) => app.get('/api/public/v1/streams', (c) => c.json([order])))

  const streams = await airbyte.streams.list({ sourceId: 's' })

  expect(streams).toEqual([{ ...order, syncModes: undefined }])
  expect(asked[0]?.search).toBe('?sourceId=s')
})

it('trap 13: wrong credentials of the source are a 500 of Airbyte’s', async () => {
  const { airbyte } = await airbyteWith((app) =>
    app.get('/api/public/v1/streams', (c) =>
      c.json(
        {
          status: 500,
          type: 'https://reference.airbyte.com/reference/errors#unexpected-problem',
          title: 'unexpected-problem',
          detail: 'An unexpected problem has occurred.',
          data: { message: 'Something went wrong in the connector. logs: Traceback (most recent call last)' },
        },
        500,
      ),
    ),
  )
  const error = await failureOf(airbyte.streams.list({ sourceId: 's' }))

  expect(error).toMatchObject({ code: 'unavailable', status: 500, problemType: 'unexpected-problem' })
  expect(error.detail).toContain('Something went wrong in the connector.')
})
