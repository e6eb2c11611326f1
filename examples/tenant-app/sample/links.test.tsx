// Rows that name each other lead to each other.
import { renderToStaticMarkup } from 'react-dom/server'
import { afterEach, expect, test, vi } from 'vitest'
import { RowDetails } from '../components/row-details'
import { acmeCrmCompanies } from '../generated/streams/acme-crm-companies'
import { acmeCrmContacts } from '../generated/streams/acme-crm-contacts'
import type { Row, Stream } from '../lib/stream'

const draw = (stream: unknown, row: Row) => renderToStaticMarkup(<RowDetails stream={stream as Stream} row={row} />)

afterEach(() => vi.unstubAllEnvs())

test('a contact leads to its company, and a company to its contacts and deals', () => {
  vi.stubEnv('ACME_CRM_ENABLED', 'true')
  expect(draw(acmeCrmContacts, { id: 'ct_1', companyId: 'co_1' })).toMatch(
    /<dt>Company ID<\/dt><dd><a href="\/streams\/acme-crm-companies\/[\w-]+">co_1<\/a>/,
  )
  const company = draw(acmeCrmCompanies, { id: 'co_1', name: 'Globex' })
  expect(company).toContain('<h1>Globex</h1>')
  expect(company).toContain('href="/streams/acme-crm-contacts?where=companyId&amp;is=co_1">Contacts</a>')
  expect(company).toContain('href="/streams/acme-crm-deals?where=companyId&amp;is=co_1">Deals</a>')
})

test('what is not connected is not led to', () => {
  vi.stubEnv('ACME_CRM_ENABLED', 'false')
  expect(draw(acmeCrmCompanies, { id: 'co_1', name: 'Globex' })).not.toContain('<nav')
})
