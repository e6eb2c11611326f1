// Streams with rows that look like what such a tool holds. Made from their number alone, so every run shows the same.
import type { Sample, Stream, StreamField } from '@opsai/contract'

type Row = Record<string, unknown>
interface FakeColumn {
  name: string
  type: string
  format?: string
  value: (n: number) => unknown
}
export interface FakeStream {
  name: string
  rows: number
  syncModes: Stream['syncModes']
  primaryKey?: string[][]
  cursorField?: string[]
  sourceDefinedCursor?: boolean
  columns: FakeColumn[]
}

const names = ['Ada Lovelace', 'Grace Hopper', 'Edsger Dijkstra', 'Barbara Liskov', 'Alan Kay', 'Radia Perlman']
const companies = ['Northwind', 'Initech', 'Globex', 'Umbrella Farms', 'Hooli', 'Stark Supply']
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T
const day = (n: number) => new Date(Date.UTC(2026, 9, 1 + (n % 28), n % 24, (n * 7) % 60)).toISOString()

const id: FakeColumn = { name: 'id', type: 'string', value: (n) => `rec_${(n * 7919 + 104729).toString(36)}` }
const person: FakeColumn = { name: 'name', type: 'string', value: (n) => pick(names, n) }
const email: FakeColumn = {
  name: 'email',
  type: 'string',
  value: (n) =>
    `${pick(names, n).split(' ')[0]?.toLowerCase()}@${pick(companies, n).split(' ')[0]?.toLowerCase()}.example`,
}
const company: FakeColumn = { name: 'company', type: 'string', value: (n) => pick(companies, n) }
const amount: FakeColumn = {
  name: 'amount',
  type: 'number',
  value: (n) => Number((((n * 3571) % 90000) / 100 + 9).toFixed(2)),
}
const status: FakeColumn = {
  name: 'status',
  type: 'string',
  value: (n) => pick(['open', 'paid', 'paid', 'refunded'], n),
}
const updatedAt: FakeColumn = { name: 'updated_at', type: 'string', format: 'date-time', value: day }

const upToDate = {
  syncModes: ['incremental_deduped_history', 'incremental_append', 'full_refresh_overwrite', 'full_refresh_append'],
  primaryKey: [['id']],
  cursorField: ['updated_at'],
  sourceDefinedCursor: true,
} satisfies Partial<FakeStream>
const copied = { syncModes: ['full_refresh_overwrite', 'full_refresh_append'] } satisfies Partial<FakeStream>
/** As databases do: nothing is fixed, so the user picks a cursor and a key. */
const open = {
  syncModes: ['incremental_deduped_history', 'incremental_append', 'full_refresh_overwrite', 'full_refresh_append'],
} satisfies Partial<FakeStream>

const business: FakeStream[] = [
  { name: 'contacts', rows: 18_240, columns: [id, person, email, company, updatedAt], ...upToDate },
  { name: 'companies', rows: 2_310, columns: [id, company, updatedAt], ...upToDate },
  { name: 'deals', rows: 6_904, columns: [id, company, amount, status, updatedAt], ...upToDate },
  { name: 'owners', rows: 24, columns: [id, person, email], ...copied },
]
const payments: FakeStream[] = [
  { name: 'customers', rows: 9_120, columns: [id, person, email, updatedAt], ...upToDate },
  { name: 'charges', rows: 41_870, columns: [id, amount, status, updatedAt], ...upToDate },
  { name: 'invoices', rows: 12_006, columns: [id, company, amount, status, updatedAt], ...upToDate },
  { name: 'products', rows: 86, columns: [id, { ...company, name: 'title' }, amount], ...copied },
]
const tables: FakeStream[] = [
  { name: 'customers', rows: 9_120, columns: [id, person, email, updatedAt], ...open },
  { name: 'orders', rows: 41_870, columns: [id, company, amount, status, updatedAt], ...open },
  { name: 'products', rows: 86, columns: [id, amount], ...open },
]

const manyTables = (count: number): FakeStream[] =>
  Array.from({ length: count }, (_, n) => ({
    name: `${pick(['sales', 'stock', 'people', 'web', 'finance'], n)}_${String(n).padStart(3, '0')}`,
    rows: 50 + ((n * 37) % 900),
    columns: [id, person, amount, updatedAt],
    ...(n % 3 === 0 ? open : upToDate),
  }))

/** The streams a connector of this group offers. */
export function toFakeStreams(category: string, scenario: string): FakeStream[] {
  if (scenario === 'no_streams') return []
  if (scenario === 'many_streams') return manyTables(240)
  if (category === 'Databases') return tables
  return category === 'Payments' || category === 'E-commerce' ? payments : business
}

const toRow = (columns: readonly FakeColumn[], n: number): Row =>
  Object.fromEntries(columns.map(({ name, value }) => [name, value(n)]))

/** Streams as `POST /sources/sample` answers them, with the first rows of each. */
export function toFakeSample(streams: readonly FakeStream[], limit: number, namespace?: string): Sample {
  const place = namespace ? { namespace } : {}
  return {
    streams: streams.map(({ columns, rows, ...stream }) => ({
      ...stream,
      ...place,
      records: Array.from({ length: Math.min(limit, rows) }, (_, n) => toRow(columns, n)),
      origin: 'source',
    })),
    fields: streams.flatMap(({ name: stream, columns }) =>
      columns.map(({ name, type, format }): StreamField => ({
        stream,
        ...place,
        name,
        type,
        ...(format && { format }),
      })),
    ),
  }
}
