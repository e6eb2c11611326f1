// The markup of the pages' parts: what is in a row is text and nothing else, and nothing needs a style or script inline.
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Dashboard } from '../components/dashboard'
import { Menu } from '../components/menu'
import { Failed } from '../components/notice'
import { RowDetails } from '../components/row-details'
import { SeriesChart } from '../components/series-chart'
import { StreamTable } from '../components/stream-table'
import { TopChart } from '../components/top-chart'
import { Total } from '../components/total'
import { parseListAddress } from '../lib/address'
import type { Connected } from '../lib/connected'
import { failureTexts, type Failure } from '../lib/failure'
import type { Row, Stream } from '../lib/stream'
import type { Rows } from '../lib/view-stream'

const contacts: Stream = {
  slug: 'contacts',
  connector: 'crm',
  title: 'Contacts',
  singular: 'Contact',
  table: 'crm_contacts',
  key: ['id'],
  heading: 'email',
  list: ['id', 'email', 'updatedAt'],
  columns: [
    { name: 'id', type: 'text', label: 'ID' },
    { name: 'email', type: 'text', label: 'Email' },
    { name: 'firstName', type: 'text', label: 'First name' },
    { name: 'updatedAt', type: 'timestamptz', label: 'Updated at' },
    { name: 'address', type: 'json', label: 'Address' },
  ],
}
const connected: Connected[] = [
  {
    connector: { id: 'crm', title: 'My CRM', flag: 'CRM_ENABLED' },
    streams: ['contacts', 'companies', 'deals'].map((slug) => ({ ...contacts, slug, title: slug })),
  },
]

const evil = `<img src=x onerror=alert(1)>"'`
const row: Row = {
  id: 'ct_1',
  email: evil,
  firstName: null,
  updatedAt: '2026-02-28 14:05:00+00',
  address: { city: evil },
  _airbyte_raw_id: 'r',
  _airbyte_extracted_at: '2026-02-28 14:06:00+00',
}
const view = (more: Partial<Rows> = {}): Rows => ({
  state: 'rows',
  rows: [row],
  exact: [],
  order: parseListAddress(contacts, {}).order,
  facts: { count: { exactness: 'exact', rows: 1 }, newest: undefined, indexed: new Set(['id']) },
  sortable: new Set(['id', 'email']),
  sorting: 'any',
  ...more,
})
const table = (more: Partial<Rows> = {}, query = {}) => {
  const address = parseListAddress(contacts, query)
  return renderToStaticMarkup(
    <StreamTable stream={contacts} address={address} view={view({ order: address.order, ...more })} />,
  )
}

/** No policy forgives these. */
const isInert = (html: string) =>
  !/<script|<style|\sstyle=|\son\w+=|javascript:/i.test(html.replaceAll(/&lt;.*?&gt;/g, ''))

test('a row is text, its first cell leads to its page, its sorted column says so', () => {
  const html = table()
  expect(html).not.toContain('<img')
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(html).toMatch(/<td class="text"><a href="\/streams\/contacts\/[\w-]+">ct_1<\/a>/)
  expect(html).toMatch(/<th scope="col" class="text" aria-sort="ascending"><a href="[^"]+order=desc">ID/)
  expect(html).toContain(
    '<time dateTime="2026-02-28T14:05:00Z" title="2026-02-28 14:05:00+00">28 Feb 2026, 14:05</time>',
  )
  expect(isInert(html)).toBe(true)
})

test('a search that stopped says how far it came and goes on', () => {
  const html = table(
    { rows: [], stoppedAfter: 10_000, next: { part: 'values', values: ['a', 'b'] }, sorting: 'onlyIndexed' },
    { q: 'x' },
  )
  expect(html).toContain('Looked at 10,000 rows, not at all of them.')
  expect(html).toMatch(/<a href="\/streams\/contacts\?q=x&amp;after=[\w-]+">Look at the next/)
  expect(html).toContain('None among these.')
  expect(html).not.toContain('rel="next"')
})

test('where nothing is found it says of what, and leads back to everything', () => {
  const html = table({ rows: [] }, { q: '<b>' })
  expect(html).toContain('No contacts with “&lt;b&gt;” in any column that is searched.')
  expect(html).toContain('<a href="/streams/contacts">Show all</a>')
  expect(table({ rows: [row] }, { q: 'ct' })).toContain('<p class="hint" role="status">1 found</p>')
})

test('a big table says what it can be sorted by', () => {
  expect(table({ sorting: 'onlyIndexed' })).toContain('This many rows can be sorted by “ID” and “Email” only')
})

test('times say which zone they are in; a row without a name still leads somewhere', () => {
  expect(table()).toContain('Updated at<span class="unit"> UTC</span>')
  expect(table({ rows: [{ ...row, id: null, email: null }] })).toMatch(/<td class="text"><a href="[^"]+">Contact<\/a>/)
})

test('one page has no pages; more have a next, and a way back', () => {
  expect(table()).not.toContain('<nav')
  const place = { part: 'values' as const, values: ['ct_1', 'r'] }
  expect(table({ next: place })).toMatch(/rel="next" href="[^"]+after=/)
  const after = new URL(/href="([^"]+after=[^"]+)"/.exec(table({ next: place }))![1]!, 'http://x').searchParams.get(
    'after',
  )
  const html = table({ previous: place }, { after })
  expect(html).toMatch(/>First page<\/a>.*rel="prev" href="[^"]+before=/)
  expect(html).not.toContain('rel="next"')
})

test('a row’s page shows all of it, and its addresses lead where they say', () => {
  const html = renderToStaticMarkup(<RowDetails stream={contacts} row={{ ...row, email: 'ada@example.com' }} />)
  expect(html).toContain('<h1>ada@example.com</h1>')
  expect(html).toContain('<a href="mailto:ada@example.com" rel="noreferrer noopener">ada@example.com</a>')
  expect(html).toContain('<dt>First name</dt><dd><span class="none">')
  expect(html).toContain('>28 Feb 2026, 14:05 UTC</time>')
  const long = renderToStaticMarkup(<RowDetails stream={contacts} row={{ ...row, email: 'é'.repeat(5_000) }} />)
  expect(long).toContain(`<h1>${'é'.repeat(120)}…</h1>`)
  expect(long).toContain(`<div class="long" tabindex="0" role="region" aria-label="Email">${'é'.repeat(5_000)}</div>`)
  expect(html).not.toContain('<img')
  expect(isInert(html)).toBe(true)
})

test('a chart is words to who does not see it', () => {
  const buckets = [
    { start: '2026-01-01', rows: 1 },
    { start: '2026-02-01', rows: 30 },
  ]
  const html = renderToStaticMarkup(
    <SeriesChart
      title="Over time"
      label="Created at"
      series={{ unit: 'month', buckets, outside: 2 }}
      sampling="estimated"
    />,
  )
  expect(html).toContain(
    'aria-label="Over time: created at, by month, from Jan 2026 to Feb 2026. Most in Feb 2026: about 30."',
  )
  expect(html).toContain('about 2 before or after')
  expect(isInert(html)).toBe(true)
  const top = renderToStaticMarkup(<TopChart title="Stage" values={[{ value: evil, share: 0.75 }]} others={0.25} />)
  expect(top).toContain('75%')
  expect(top).toContain('Others')
  expect(isInert(top)).toBe(true)
  const total = renderToStaticMarkup(
    <Total title="Total" groups={[{ by: 'EUR', value: '1234567.80' }]} of="sum" sampling="exact" />,
  )
  expect(total).toContain('1.23M</span><span class="faint">EUR</span><span class="exact faint">1,234,567.80</span>')
  const estimated = renderToStaticMarkup(
    <Total title="Total" groups={[{ by: null, value: '1234567.80' }]} of="sum" sampling="estimated" />,
  )
  expect(estimated).toContain('<span aria-label="about">≈</span>1.2M</span></li>')
  const average = renderToStaticMarkup(
    <Total title="Average" groups={[{ by: null, value: '50.743418603778736' }]} of="average" sampling="exact" />,
  )
  expect(average).toContain('50.7</span></li>')
})

test('every state of a stream is on the overview', () => {
  const streams = new Map([
    ['contacts', { state: 'landed' as const, count: { exactness: 'exact' as const, rows: 0 }, newest: undefined }],
    [
      'companies',
      {
        state: 'landed' as const,
        count: { exactness: 'about' as const, rows: 1e6, blocks: 9 },
        newest: '2026-02-28 14:00:00+00',
      },
    ],
    ['deals', { state: 'syncing' as const }],
  ])
  const now = new Date('2026-02-28T14:30:00Z')
  const html = renderToStaticMarkup(<Dashboard view={{ state: 'ready', connected, streams, charted: [] }} now={now} />)
  expect(html).toContain('data-state="empty">0 rows<')
  expect(html).toContain('data-state="rows">about 1 million rows<span>newest 30 minutes ago</span><')
  expect(html).toContain('data-state="syncing">Not synced yet<')
})

test('every failure has words and a way on', () => {
  for (const failure of Object.keys(failureTexts) as Failure[]) {
    const html = renderToStaticMarkup((<Failed failure={failure} href="/" />) as ReactNode)
    expect(html).toContain('role="alert"')
    expect(html).toMatch(/<a class="button" href="\/">(Try again|First page)<\/a>/)
  }
  expect(renderToStaticMarkup(<Menu name="Acme" connected={connected} path="/streams/deals/x" />)).toContain(
    '<a href="/streams/deals" aria-current="true">',
  )
})
