// Every stream of the tenant is read once, from the database of the .env. Without one these are skipped.
import { afterAll, expect, test } from 'vitest'
import { charts } from '../generated/charts'
import { streams } from '../generated/streams'
import { parseListAddress } from '../lib/address'
import { listConnected } from '../lib/connected'
import { closePool, read } from '../lib/database'
import { loadCharts } from '../lib/load-charts'
import { viewRow } from '../lib/view-row'
import { toRowHref, viewStream } from '../lib/view-stream'

const isSet = Boolean(process.env.DATABASE_URL && process.env.DATABASE_SCHEMA)
afterAll(() => closePool())

test.skipIf(!isSet)('something is connected', () => expect(listConnected().length).toBeGreaterThan(0))

test.skipIf(!isSet || streams.length === 0).each([...streams])('$title ($table)', async (stream) => {
  const view = await viewStream(stream, parseListAddress(stream, {}))
  expect(view.state).toMatch(/^(rows|empty|syncing)$/)
  if (view.state !== 'rows') return
  const address = toRowHref(stream, view.rows[0]!, view.facts).split('/').at(-1) ?? ''
  expect(await viewRow(stream, address)).toMatchObject({ state: 'row' })
  const own = charts.filter(({ stream: slug }) => slug === stream.slug)
  await read((reader) => loadCharts(reader, stream, own, view.facts.count))
})
