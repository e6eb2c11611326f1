import { expect, test } from 'vitest'
import { matchStreams, type SyncingConnection } from './match-streams.js'
import { toLandingName } from './columns/landing-names.js'

const connection = (tablePrefix: string, ...names: string[]): SyncingConnection => ({
  connectionId: tablePrefix,
  sourceType: 'postgres',
  name: tablePrefix,
  tablePrefix,
  streams: names.map((name) => ({ name })),
})
const table = (name: string) => ({ table: name, columns: [{ name: 'id', type: 'text' as const }], primaryKey: [] })

test('a table is its connection’s, by the longest prefix', () => {
  const tables = [table('postgres_orders'), table('postgres_2_orders'), table('other')]
  const streams = matchStreams(tables, [connection('postgres_', 'orders'), connection('postgres_2_', 'orders')])
  expect(streams.map(({ connectionId, name, table: of }) => [connectionId, name, of])).toEqual([
    ['postgres_2_', 'orders', 'postgres_2_orders'],
    ['postgres_', 'orders', 'postgres_orders'],
  ])
})

test('a stream keeps its own name, whatever its table had to be called', () => {
  const long = 'a very long name of a stream '.repeat(3)
  const tables = [table('crm_Invoice_Lines'), table(toLandingName(`crm_${long}`)), table('crm_left_over')]
  const streams = matchStreams(tables, [connection('crm_', 'Invoice Lines', long)])
  expect(streams.map(({ name }) => name)).toEqual(['Invoice Lines', long, 'left_over'])
})

test('of two streams that wanted one name, each gets its table', () => {
  const tables = [table('crm_a_b'), table('crm_a_b_0123abcd')]
  const streams = matchStreams(tables, [connection('crm_', 'a b', 'a-b')])
  expect(streams.map(({ name, table: of }) => [name, of])).toEqual([
    ['a b', 'crm_a_b'],
    ['a-b', 'crm_a_b_0123abcd'],
  ])
})

test('a stream that has not landed comes with the columns its schema promises', () => {
  const jsonSchema = { properties: { id: { type: 'integer' }, 'Made At': { type: 'string', format: 'date-time' } } }
  const streams = matchStreams(
    [],
    [
      {
        ...connection('crm_'),
        streams: [{ name: 'deals', jsonSchema, primaryKey: [['id']], cursorField: ['Made At'] }],
      },
    ],
  )
  expect(streams).toMatchObject([
    {
      table: 'crm_deals',
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'Made_At', type: 'timestamptz' },
      ],
      primaryKey: ['id'],
      cursor: 'Made_At',
    },
  ])
})

test('the index tells the key; where there is none, the connection does, if such columns are there', () => {
  const keyed = (primaryKey: string[][]) => ({ ...connection('crm_'), streams: [{ name: 'deals', primaryKey }] })
  const keyOf = (one: ReturnType<typeof table>, wanted: string[][]) =>
    matchStreams([one], [keyed(wanted)])[0]?.primaryKey
  expect(keyOf(table('crm_deals'), [['id']])).toEqual(['id'])
  expect(keyOf(table('crm_deals'), [['gone']])).toEqual([])
  expect(keyOf(table('crm_deals'), [['deep', 'id']])).toEqual([])
  expect(keyOf({ ...table('crm_deals'), primaryKey: ['other'] as never[] }, [['id']])).toEqual(['other'])
})

test('what a field holds is told to its column', () => {
  const jsonSchema = { properties: { id: { type: 'string' }, 'not here': { type: 'object' } } }
  const streams = matchStreams(
    [table('crm_deals')],
    [{ ...connection('crm_'), streams: [{ name: 'deals', jsonSchema }] }],
  )
  expect(streams[0]?.columns).toEqual([{ name: 'id', type: 'text', schema: { type: 'string' } }])
})
