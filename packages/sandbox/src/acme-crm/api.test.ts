import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { createAcmeCrm } from './create-acme-crm.js'
import { acmeCrm } from './facts.js'
import type { ListeningAcmeCrm } from './listen-acme-crm.js'
import type { AcmeCrmOptions } from './options.js'
import { createClock, get, listen } from './test/acme.js'

let acme: ListeningAcmeCrm | undefined
afterEach(() => acme?.close())

async function start(options: AcmeCrmOptions = {}) {
  acme = await listen({ rateLimit: false, ...options })
  return acme.url
}

/** Follows the cursor to the end. */
async function walk(base: string, path: string, onPage: (page: number) => void = () => undefined) {
  const seen = []
  let cursor: string | null = ''
  for (let page = 1; cursor !== null; page++) {
    const { body } = await get(base, `${path}${path.includes('?') ? '&' : '?'}${cursor && `cursor=${cursor}`}`)
    seen.push(...body.data)
    cursor = body.nextCursor
    onPage(page)
  }
  return seen
}

describe('lists', () => {
  it.each(acmeCrm.recordTypes)('page through all %s, each once and in order', async (type) => {
    const base = await start()
    const all = await walk(base, `/api/v1/${type}?limit=17`)
    expect(all).toHaveLength({ contacts: 300, companies: 40, deals: 90 }[type])
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    const places = all.map(({ updatedAt, id }) => `${updatedAt} ${id}`)
    expect(places).toEqual([...places].sort())
    expect(all.every(({ createdAt, updatedAt }) => createdAt <= updatedAt)).toBe(true)
  })

  it('end exactly at the last record', async () => {
    const base = await start()
    const { body } = await get(base, '/api/v1/companies?limit=40')
    expect([body.data.length, body.nextCursor]).toEqual([40, null])
  })

  it('miss nothing while records change and appear', async () => {
    const base = await start()
    const before = new Set((await walk(base, '/api/v1/contacts?limit=200')).map(({ id }) => id))
    let changes = acme?.change(0) ?? []
    const all = await walk(base, '/api/v1/contacts?limit=40', (page) => {
      if (page < 6) changes = [...changes, ...(acme?.change(12) ?? [])]
    })
    const latest = new Map(all.map((record) => [record.id, record]))
    expect([...before].filter((id) => !latest.has(id))).toEqual([])
    const changed = changes.filter(({ type }) => type === 'contacts')
    expect(changed.some(({ change }) => change === 'inserted')).toBe(true)
    for (const { id } of changed) {
      const { body } = await get(base, `/api/v1/contacts/${id}`)
      expect(latest.get(id)).toEqual(body)
    }
  })

  it('answer what changed since a moment, and nothing else', async () => {
    const base = await start()
    const last = (await walk(base, '/api/v1/deals?limit=200')).at(-1)
    const since = encodeURIComponent(last?.updatedAt ?? '')
    expect(await walk(base, `/api/v1/deals?updated_since=${since}`)).toEqual([last])

    const response = await fetch(`${base}/sandbox/changes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"count": 30}',
    })
    const { changes } = (await response.json()) as {
      changes: { type: string; id: string; change: string }[]
    }

    expect(changes).toHaveLength(30)
    const ids = (await walk(base, `/api/v1/deals?limit=5&updated_since=${since}`)).map(({ id }) => id)
    const expected = changes.filter(({ type }) => type === 'deals').map(({ id }) => id)
    expect(expected.length).toBeGreaterThan(0)
    expect(new Set(ids)).toEqual(new Set([last?.id, ...expected]))
  })

  it('understand moments in any zone, and finer than their own', async () => {
    const base = await start()
    const [first, second] = (await get(base, '/api/v1/contacts?limit=2')).body.data
    const at = new Date(second?.updatedAt ?? '')
    const inHanoi = new Date(at.getTime() + 7 * 3_600_000).toISOString().replace('Z', '+07:00')
    expect((await get(base, `/api/v1/contacts?updated_since=${encodeURIComponent(inHanoi)}`)).body.data[0]?.id).toBe(
      second?.id,
    )
    const finer = (first?.updatedAt ?? '').replace('Z', '0001Z')
    expect((await get(base, `/api/v1/contacts?updated_since=${finer}`)).body.data[0]?.id).toBe(second?.id)
  })

  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=ten', 'limit'],
    ['cursor=nonsense', 'cursor'],
    ['cursor=WzEsMl0', 'cursor'],
    ['updated_since=yesterday', 'updated_since'],
    ['updated_since=2026-01-31', 'updated_since'],
    ['updated_since=2026-13-41T00:00:00Z', 'updated_since'],
  ])('refuse %s, naming the field', async (query, field) => {
    const { status, body } = await get(await start(), `/api/v1/contacts?${query}`)
    expect([status, body.error.code, body.error.field]).toEqual([400, 'invalid_parameter', field])
  })
})

describe('the API', () => {
  it('takes a key in place of a token', async () => {
    const { body } = await get(await start(), '/api/v1/me')
    expect(body).toEqual({ account: acmeCrm.account, user: null, scopes: ['crm.read'] })
  })

  it.each([undefined, 'Bearer', 'Bearer acme_key_wrong', 'Basic acme_key_test', 'acme_key_test'])(
    'refuses %s',
    async (authorization) => {
      const headers: Record<string, string> = authorization === undefined ? {} : { Authorization: authorization }
      const response = await fetch(`${await start()}/api/v1/contacts`, { headers })
      expect([response.status, await response.json()]).toMatchObject([401, { error: { code: 'invalid_token' } }])
    },
  )

  it.each(['/api/v1/contacts/none', '/api/v1/invoices', '/api/v1/contacts/a/b'])('has nothing at %s', async (path) => {
    const { status, body } = await get(await start(), path)
    expect([status, body.error.code]).toEqual([404, 'not_found'])
  })

  it('answers 429 after a burst, says how long to wait, and means it', async () => {
    const clock = createClock()
    const base = await start({ rateLimit: { perSecond: 0.5, burst: 3 }, now: clock.now })
    const statuses = async (count: number) => {
      const answers = []
      for (let n = 0; n < count; n++) answers.push((await get(base, '/api/v1/me')).status)
      return answers
    }
    expect(await statuses(4)).toEqual([200, 200, 200, 429])
    const { headers, body } = await get(base, '/api/v1/me')
    expect([headers.get('Retry-After'), body.error.code]).toEqual(['2', 'rate_limited'])
    clock.pass(2)
    expect(await statuses(2)).toEqual([200, 429])
    clock.pass(3_600)
    expect(await statuses(4)).toEqual([200, 200, 200, 429])
  })

  it('limits by its defaults: 40 at once', async () => {
    const clock = createClock()
    acme = await listen({ now: clock.now })
    const { url } = acme
    const answers = await Promise.all(Array.from({ length: 45 }, () => get(url, '/api/v1/me')))
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(5)
  })

  it.each(['', '{}', '{"count": 0}', '{"count": 1001}', '{"count": "5"}'])(
    'does not change anything for %s',
    async (body) => {
      const headers = { 'Content-Type': 'application/json' }
      const response = await fetch(`${await start()}/sandbox/changes`, { method: 'POST', headers, body })
      expect([response.status, await response.json()]).toMatchObject([400, { error: { field: 'count' } }])
    },
  )

  it('changes records by itself when told to', async () => {
    const base = await start({ changeEverySeconds: 0.05 })
    const since = new Date().toISOString()
    await expect
      .poll(async () => {
        const lists = await Promise.all(
          acmeCrm.recordTypes.map((type) => walk(base, `/api/v1/${type}?updated_since=${since}`)),
        )
        return lists.flat().length
      })
      .toBeGreaterThan(2)
  })
})

describe('records', () => {
  const read = async (seed: number, type: string) => {
    const crm = createAcmeCrm({
      seed,
      apiKeys: ['acme_key_test'],
      records: { contacts: 120, companies: 20, deals: 50 },
    })
    const request = new Request(`http://crm.test/api/v1/${type}?limit=200`, {
      headers: { Authorization: 'Bearer acme_key_test' },
    })
    return ((await (await crm.fetch(request)).json()) as { data: Record<string, unknown>[] }).data
  }

  it('are the same for the same seed, and others for another', async () => {
    for (const type of acmeCrm.recordTypes) {
      expect(await read(7, type)).toEqual(await read(7, type))
      expect(await read(7, type)).not.toEqual(await read(8, type))
    }
  })

  it('refer to each other, and have UUIDs, nulls, lists and objects', async () => {
    const [contacts, companies, deals] = [await read(1, 'contacts'), await read(1, 'companies'), await read(1, 'deals')]
    const ids = (records: Record<string, unknown>[]) => new Set(records.map(({ id }) => id))
    for (const { id } of [...contacts, ...companies, ...deals]) {
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/)
    }
    expect(contacts.every(({ companyId }) => companyId === null || ids(companies).has(companyId))).toBe(true)
    expect(
      deals.every(
        ({ companyId, contactIds }) =>
          ids(companies).has(companyId) && (contactIds as string[]).every((id) => ids(contacts).has(id)),
      ),
    ).toBe(true)
    expect(contacts.some(({ address }) => address === null)).toBe(true)
    expect(deals.some(({ lineItems }) => (lineItems as unknown[]).length > 1)).toBe(true)
    expect(companies.every(({ customFields }) => typeof customFields === 'object')).toBe(true)
  })

  it('stay whole and in order through any run of changes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 }), async (runs) => {
        const crm = createAcmeCrm({
          apiKeys: ['acme_key_test'],
          records: { contacts: 5, companies: 3, deals: 4 },
          now: () => 0,
        })
        const changes = runs.flatMap((count) => crm.change(count))
        const inserted = changes.filter(({ type, change }) => type === 'contacts' && change === 'inserted').length
        const request = new Request('http://crm.test/api/v1/contacts?limit=200', {
          headers: { Authorization: 'Bearer acme_key_test' },
        })
        const { data } = (await (await crm.fetch(request)).json()) as {
          data: { id: string; updatedAt: string }[]
        }
        expect(new Set(data.map(({ id }) => id)).size).toBe(5 + inserted)
        expect(data.map(({ updatedAt }) => updatedAt)).toEqual(data.map(({ updatedAt }) => updatedAt).sort())
        const last = changes.filter(({ type }) => type === 'contacts').at(-1)
        if (last) expect(data.at(-1)?.id).toBe(last.id)
      }),
      { numRuns: 25 },
    )
  })
})
