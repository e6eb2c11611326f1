import fc from 'fast-check'
import prettier from 'prettier'
import { expect, test } from 'vitest'
import { type AppFacts, generateApp } from './generate-app.js'
import { anyStreams } from './test/any-facts.js'
import { parseCode } from './test/parse-code.js'
import { sampleFacts } from './test/sample-facts.js'

const template = {
  'package.json': '{"name":"tenant-app","private":true}',
  'package-lock.json': '{"name":"tenant-app","packages":{"":{"name":"tenant-app"},"node_modules/pg":{}}}',
  'lib/stream.ts': 'export {}\n',
  'generated/streams.ts': 'the template’s own',
}
const sample = generateApp({ ...sampleFacts, template })
const examples = '../../../examples/tenant-app'

test('the template is shown with what is generated for its sample tenant', async () => {
  for (const [path, content] of Object.entries(sample)) {
    if (path.startsWith('generated/')) await expect(content).toMatchFileSnapshot(`${examples}/${path}`)
  }
})

test('generated code looks as prettier would have it', async () => {
  for (const [path, content] of Object.entries(sample)) {
    if (!path.startsWith('generated/') || path.endsWith('.json')) continue
    const options = { parser: 'typescript', semi: false, singleQuote: true, printWidth: 120 }
    expect(content, path).toBe(await prettier.format(content, options))
  }
})

test('the package is the tenant’s by name, in its lockfile too', () => {
  const files = generateApp({ ...sampleFacts, tenant: { tenantId: 'x', name: 'Ünïted  Widgets & Co' }, template })
  expect(JSON.parse(files['package.json'] ?? '')).toEqual({ name: 'united-widgets-co-app', private: true })
  const lock = JSON.parse(files['package-lock.json'] ?? '') as { name: string; packages: Record<string, unknown> }
  expect([lock.name, lock.packages['']]).toEqual(['united-widgets-co-app', { name: 'united-widgets-co-app' }])
  expect(files['generated/app.ts']).toContain(`name: 'Ünïted  Widgets & Co'`)
})

test('streams and charts nobody is connected for, or that name no column, are left out', () => {
  const [connection] = sampleFacts.connections
  const files = generateApp({
    ...sampleFacts,
    connections: connection ? [connection] : [],
    advice: {
      by: 'claude',
      streams: [
        {
          table: 'acme_crm_deals',
          title: 'Where deals stand',
          charts: [
            { kind: 'top', title: 'Won?', column: 'stage' },
            { kind: 'top', title: 'No', column: '__proto__' },
          ],
        },
        { table: 'postgres_orders', title: 'Of another', charts: [{ kind: 'top', title: 'No', column: 'status' }] },
      ],
    },
    template,
  })
  expect(Object.keys(files).filter((path) => path.startsWith('generated/streams/'))).toEqual([
    'generated/streams/acme-crm-companies.ts',
    'generated/streams/acme-crm-contacts.ts',
    'generated/streams/acme-crm-deals.ts',
  ])
  expect(files['generated/charts.ts']).toContain(`title: 'Won?'`)
  expect(files['generated/charts.ts']).toContain(`{ 'acme-crm-deals': 'Where deals stand' }`)
  expect(files['generated/charts.ts']).not.toMatch(/__proto__|Of another/)
  expect(JSON.parse(files['generated/manifest.json'] ?? '')).toMatchObject({ advisedBy: 'claude' })
})

test('advice of which nothing holds changes nothing, and the manifest says that rules chose', () => {
  const charts = [{ kind: 'top' as const, title: '<b>Won</b>', column: 'stage' }]
  const advice = { by: 'openai' as const, streams: [{ table: 'acme_crm_deals', title: 'Deals', charts }] }
  expect(generateApp({ ...sampleFacts, advice, template })).toEqual(sample)
  expect(sample['generated/manifest.json']).toContain('"advisedBy": "rules"')
})

const facts = (streams: AppFacts['streams'], name: string): AppFacts => ({
  tenant: { tenantId: name },
  connections: ['one', 'two'].map((connectionId) => ({ connectionId, sourceType: 'crm', name })),
  streams,
  template,
})

test('whatever streams, columns and tenants are called, every file is one TypeScript takes', () => {
  fc.assert(
    fc.property(anyStreams, fc.string({ unit: 'binary' }), (streams, name) => {
      const files = generateApp(facts(streams, name))
      const paths = Object.keys(files).filter((path) => path.startsWith('generated/streams/'))
      expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(streams.length)
      for (const [path, content] of Object.entries(files)) {
        expect(path).toMatch(/^[a-z0-9./_-]+$/i)
        if (path.startsWith('generated/') && path.endsWith('.ts'))
          expect(parseCode(content).errors, content).toEqual([])
      }
    }),
    { numRuns: 60 },
  )
}, 30_000)

test('the same facts in any order give the same bytes', () => {
  const shuffled = fc.tuple(
    fc.shuffledSubarray(sampleFacts.streams, { minLength: sampleFacts.streams.length }),
    fc.boolean(),
  )
  fc.assert(
    fc.property(shuffled, ([streams, isReversed]) => {
      const connections = isReversed ? [...sampleFacts.connections].reverse() : sampleFacts.connections
      expect(generateApp({ ...sampleFacts, connections, streams, template })).toEqual(sample)
    }),
    { numRuns: 20 },
  )
})
