// A canary password and a canary token, typed in like any other: they may be nowhere but encrypted.
import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium } from './chromium.js'
import { openSession } from './proxy-api.js'
import { shopConfiguration } from './shop.js'
import { type Stack, startStack } from './stack.js'

const canaries = { password: 'canary-pass-4b1f9d', token: 'acme_key_canary-token-77c2e0' }

let stack: Stack
beforeAll(async () => {
  stack = await startStack({ port: 4550 })
})
afterAll(() => stack?.stop())

const findCanary = (where: string, text: string) =>
  Object.entries(canaries).flatMap(([kind, value]) => (text.includes(value) ? [`${kind} in ${where}`] : []))

test('typed secrets are in no log, answer, URL, browser storage, and in the databases only encrypted', async () => {
  const found: string[] = []
  const browser = await launchChromium()
  const page = await browser.newPage()
  page.on('console', (message) => found.push(...findCanary('the console', message.text())))
  page.on('request', (request) => found.push(...findCanary('a URL', request.url())))
  page.on('response', async (response) => {
    const body = await response.text().catch(() => '')
    found.push(...findCanary(`the answer of ${new URL(response.url()).pathname}`, body))
  })

  await page.goto(stack.url)
  await page.getByRole('searchbox').fill('postgres')
  await page
    .getByRole('button', { name: /^PostgreSQL|^Postgres/ })
    .first()
    .click()
  await page.getByLabel('Host', { exact: false }).first().fill('127.0.0.1')
  await page
    .getByLabel('Port', { exact: false })
    .first()
    .fill(String(stack.port + 3))
  await page.getByLabel('Database', { exact: false }).first().fill('shop')
  await page.getByLabel('User', { exact: false }).first().fill('reader')
  await page.getByLabel('Password', { exact: false }).first().fill(canaries.password)
  await page
    .getByRole('button', { name: /test|connect/i })
    .last()
    .click()
  await page.getByRole('alert').first().waitFor()

  // The token, in another connector's form.
  await page.getByRole('button', { name: 'Back' }).click()
  await page.getByRole('button', { name: 'Discard' }).click()
  await page.getByRole('searchbox').fill('acme')
  await page.getByRole('button', { name: 'Acme CRM', exact: true }).first().click()
  await page.getByRole('radio', { name: 'API key' }).check()
  await page.getByRole('textbox', { name: /API key/ }).fill(canaries.token)
  await page.getByRole('button', { name: 'Test and connect' }).click()
  await page.getByText('The test failed').waitFor()
  const storage = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  )
  found.push(...findCanary('browser storage', storage))
  await browser.close()

  // Stored, too: a source with the wrong password may be saved, and an API key.
  const { hostKey } = await stack.keys()
  const { api } = await openSession(stack.url, hostKey, 'northwind')
  const saved = await Promise.all([
    api('createSource', {
      body: {
        tenantId: 'northwind',
        sourceType: 'postgres',
        name: 'Canary',
        configuration: shopConfiguration(stack, canaries.password),
      },
    }),
    api('createSource', {
      body: {
        tenantId: 'northwind',
        sourceType: 'acme-crm',
        name: 'Canary CRM',
        configuration: { credentials: { auth_type: 'api_key', api_key: canaries.token } },
      },
    }),
  ])
  found.push(...findCanary('the answer of create', JSON.stringify(saved)))

  const dumps = await dumpDatabases()
  for (const [table, text] of dumps) found.push(...findCanary(`table ${table}`, text))
  found.push(...findCanary('the logs', stack.output()))
  for (const file of await logFiles(stack.dataDir)) found.push(...findCanary(file, await readFile(file, 'latin1')))

  console.log(`searched ${dumps.length} tables`)
  expect(dumps.length).toBeGreaterThan(10)
  expect(found).toEqual([])
})

/** Every table of the kit's own databases, as text. */
async function dumpDatabases(): Promise<[string, string][]> {
  const password = (await readFile(join(stack.dataDir, 'postgres', 'password'), 'utf8')).trim()
  const dumped: [string, string][] = []
  for (const database of ['opsai', 'airbyte_engine', 'warehouse']) {
    const client = new Client({
      connectionString: `postgresql://postgres:${password}@127.0.0.1:${stack.port + 4}/${database}`,
    })
    await client.connect()
    const { rows } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    )
    for (const { name } of rows) {
      const { rows: content } = await client.query(`SELECT t::text AS row FROM ${name} t`)
      dumped.push([`${database}.${name}`, content.map((one) => one.row as string).join('\n')])
    }
    await client.end()
  }
  return dumped
}

async function logFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true })
  return entries.filter((name) => /\.(log|json)$|\.log\b/.test(name)).map((name) => join(directory, name))
}
