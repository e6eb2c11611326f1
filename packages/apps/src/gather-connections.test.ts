import { expect, test } from 'vitest'
import { gatherConnections } from './gather-connections.js'
import type { DescribedSource, ListedConnection } from './to-syncing.js'

const shop: ListedConnection = {
  connectionId: 'c1',
  sourceId: 's1',
  sourceType: 'postgres',
  name: 'Shop',
  tablePrefix: 'postgres_',
  streams: [
    { name: 'orders', namespace: 'public' },
    { name: 'customers', namespace: 'public', primaryKey: [['key']] },
  ],
}
const described: DescribedSource = {
  streams: [
    { name: 'orders', namespace: 'public', primaryKey: [['id']], cursorField: ['at'] },
    { name: 'customers', namespace: 'public', primaryKey: [['id']] },
  ],
  fields: [
    { stream: 'orders', namespace: 'public', name: 'id', type: 'integer' },
    { stream: 'orders', namespace: 'other', name: 'wrong', type: 'string' },
    { stream: 'orders', namespace: 'public', name: 'at', type: ['null', 'string'], format: 'date-time' },
  ],
}
const table = (name: string) => ({ table: name, columns: [], primaryKey: [] })
const list = () => Promise.resolve([shop])

test('a source is asked where a stream of its has no table yet, and what the connection says goes first', async () => {
  const asked: string[] = []
  const describe = (sourceId: string) => (asked.push(sourceId), Promise.resolve(described))
  expect(await gatherConnections({ list, describe }, [table('postgres_orders')])).toEqual({
    connections: [
      {
        connectionId: 'c1',
        sourceType: 'postgres',
        name: 'Shop',
        tablePrefix: 'postgres_',
        streams: [
          {
            name: 'orders',
            primaryKey: [['id']],
            cursorField: ['at'],
            jsonSchema: {
              properties: { id: { type: 'integer' }, at: { type: ['null', 'string'], format: 'date-time' } },
            },
          },
          { name: 'customers', primaryKey: [['key']] },
        ],
      },
    ],
    unasked: [],
  })
  expect(asked).toEqual(['s1'])
})

test('where all tables are there nobody is asked', async () => {
  const describe = () => Promise.reject(new Error('nobody may ask'))
  const gathered = await gatherConnections({ list, describe }, [table('postgres_orders'), table('postgres_customers')])
  expect(gathered).toMatchObject({
    connections: [{ streams: [{ name: 'orders' }, { name: 'customers' }] }],
    unasked: [],
  })
})

test('a source that can not be asked is named, and its streams are there all the same', async () => {
  const describe = () => Promise.reject(new Error('away'))
  const gathered = await gatherConnections({ list, describe }, [])
  expect(gathered).toMatchObject({ connections: [{ streams: [{ name: 'orders' }, { name: 'customers' }] }] })
  expect(gathered.unasked).toEqual(['Shop'])
})
