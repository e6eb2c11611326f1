import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleFacts } from '../test/sample-facts.js'
import { anyStreams } from '../test/any-facts.js'
import { chooseCharts } from './charts.js'
import { findLinks, toSingular } from './links.js'
import { chooseListColumns } from './list-columns.js'

const named = (name: string) => sampleFacts.streams.find((stream) => stream.name === name)!

test.each([
  ['contacts', 'id email lifecycleStage firstName lastName phone updatedAt'],
  ['deals', 'id title stage amount currency companyId lostReason updatedAt'],
  ['orders', 'id external_ref status total currency discount customer_id updated_at'],
  ['order_items', 'order_id line quantity product_id unit_price gift_wrap updated_at'],
  ['audit_log', 'actor action table_name at_time at'],
])('the table of %s shows %s', (name, columns) => {
  expect(chooseListColumns(named(name)).sort()).toEqual(columns.split(' ').sort())
})

test('an amount has its currency beside it', () => {
  const shown = chooseListColumns(named('orders'))
  expect(shown[shown.indexOf('total') + 1]).toBe('currency')
})

const toWords = (name: string) =>
  chooseCharts(named(name)).map(
    ({ kind, column, ...rest }) => `${kind} ${column}${'by' in rest ? ` by ${rest.by}` : ''}`,
  )

test.each([
  ['contacts', ['series createdAt', 'average score', 'top lifecycleStage']],
  ['deals', ['series createdAt', 'sum amount by currency', 'top stage']],
  ['companies', ['series createdAt', 'sum annualRevenue by currency', 'top industry']],
  ['orders', ['series created_at', 'sum total by currency', 'top status']],
  ['order_items', ['series updated_at', 'sum quantity', 'top gift_wrap']],
  ['LegacyInvoices', ['series IssuedOn', 'sum Amount_Due', 'top Paid_']],
  ['audit_log', ['series at', 'top action']],
  ['customers', ['series created_at', 'top country', 'top segment']],
])('the charts of %s are %j', (name, charts) => expect(toWords(name)).toEqual(charts))

test('columns that hold keys lead to the streams they are keys of', () => {
  const streams = sampleFacts.streams.map((stream) => ({ ...stream, baseName: stream.name ?? '' }))
  expect(findLinks(streams).map(({ from, column, to }) => `${from}.${column} → ${to}`)).toEqual([
    'acme_crm_contacts.companyId → acme_crm_companies',
    'acme_crm_deals.companyId → acme_crm_companies',
    'postgres_orders.customer_id → postgres_customers',
    'postgres_order_items.order_id → postgres_orders',
  ])
})

test('roles, parents and keys of their own name lead on too; other connections and other types do not', () => {
  const stream = (name: string, columns: string, primaryKey: string[], connectionId = 'one') => ({
    connectionId,
    name,
    baseName: name,
    table: name,
    columns: columns
      .split(' ')
      .map((column) => ({ name: column, type: column === 'user_key' ? ('integer' as const) : ('text' as const) })),
    primaryKey,
  })
  const streams = [
    stream('users', 'id parent_id', ['id']),
    stream('user_groups', 'group_code', ['group_code']),
    stream('members', 'id billing_user_id user_group_id group_code user_key', ['id']),
    stream('members', 'id user_id', ['id'], 'another'),
  ]
  expect(findLinks(streams).map(({ column, to }) => `${column} → ${to}`)).toEqual([
    'parent_id → users',
    'billing_user_id → users',
    'user_group_id → user_groups',
    'group_code → user_groups',
  ])
})

test.each([
  'companies company',
  'addresses address',
  'statuses status',
  'boxes box',
  'people person',
  'status status',
  'orders order',
  'keys key',
])('%s', (pair) => {
  const [plural = '', singular] = pair.split(' ')
  expect(toSingular(plural)).toBe(singular)
})

test('whatever the columns are, what is chosen is among them', () => {
  fc.assert(
    fc.property(anyStreams, (streams) => {
      for (const stream of streams) {
        const names = stream.columns.map(({ name }) => name)
        const list = chooseListColumns(stream)
        expect(new Set(list).size).toBe(list.length)
        expect(names).toEqual(expect.arrayContaining(list))
        expect(list.length > 0).toBe(names.length > 0)
        for (const chart of chooseCharts(stream)) expect(names).toContain(chart.column)
      }
    }),
  )
})
