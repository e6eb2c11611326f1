// Under the strictest policy a host can have, every kind of control does its work, and the browser reports nothing.
import { Buffer } from 'node:buffer'
import { specToForm } from '@opsai/react/headless'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { byName } from './by-name.js'
import { type FormSite, type OpenForm, startFormSite } from './form-page.js'
import { everyKind } from './own-specs.js'
import { typeConfiguration } from './type-configuration.js'

let site: FormSite
let form: OpenForm
beforeAll(async () => {
  site = await startFormSite()
  form = await site.open()
})
afterAll(() => site?.stop())

const expectQuiet = async (): Promise<void> => {
  expect(await form.takeReports()).toEqual([])
  expect(form.takeTrouble()).toEqual([])
}
const submit = (): Promise<void> => form.page.getByRole('button', { name: 'Connect', exact: true }).click()

const wanted = {
  host: 'db.example.com',
  port: 5433,
  credentials: { auth: 'key', key: '-----BEGIN-----\nabc\n', deep: { mode: 'print', print: 'ab:cd' } },
  certificate: '-----BEGIN CERTIFICATE-----\nxyz\n',
  start_date: '2024-02-29',
  since: '2024-02-29T10:20:30Z',
  month: '2024-02',
  region: 'region-33',
  size: 'large',
  ratio: 0.25,
  live: false,
  streams: ['a', 'c'],
  tags: ['one', 'two, three'],
  tables: [
    { name: 'orders', format: { type: 'csv', comma: ';' } },
    { name: 'people', format: { type: 'parquet' } },
  ],
  headers: { accept: 'text', 'x-trace': '1' },
  extra: { any: [1, { thing: true }] },
  matrix: [['1', '2'], ['3']],
  fixed: 'as it is',
}

test('a form with every kind of control is filled in and submitted', async () => {
  await form.show(everyKind)
  await typeConfiguration(form.page, specToForm(everyKind), wanted)
  await submit()
  expect(await form.submissions()).toEqual([{ name: 'Mine', configuration: wanted }])
  await expectQuiet()
})

test('what is wrong is said beside each field and near the button', async () => {
  await form.show(everyKind)
  await form.page.getByRole('textbox', { name: 'Host', exact: true }).fill('NOT A HOST')
  await submit()
  await form.page.getByText(/fields need your attention/).waitFor()
  expect(await form.submissions()).toEqual([])
  await expectQuiet()
})

test('a certificate comes from a file', async () => {
  await form.show(everyKind)
  const text = '-----BEGIN CERTIFICATE-----\nfrom a file\n-----END CERTIFICATE-----\n'
  await form.page
    .locator('input[type=file]')
    .and(form.page.getByLabel('Choose a file for Certificate'))
    .setInputFiles({ name: 'ca.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(text) })
  const field = await byName(form.page.locator('form'), 'textbox', 'Certificate')
  await expect.poll(() => field.inputValue()).toBe(text)
  await expectQuiet()
})

test('a stored secret is replaced and kept', async () => {
  await form.show(everyKind, {
    initialConfiguration: { ...wanted, credentials: { auth: 'password', password: '**********' } },
  })
  await form.page.getByRole('button', { name: 'Replace Secret', exact: true }).click()
  await form.page.getByRole('textbox', { name: 'Secret', exact: true }).fill('new')
  await form.page.getByRole('button', { name: 'Keep stored Secret', exact: true }).click()
  await submit()
  const [submission] = await form.submissions()
  expect(submission?.configuration).toMatchObject({ credentials: { auth: 'password', password: '**********' } })
  await expectQuiet()
})

test('sign-in stands in its option and gets what it needs', async () => {
  await form.show(everyKind, { offersSignIn: true })
  await form.page.getByRole('radio', { name: 'Sign-in', exact: true }).check()
  await form.page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await form.page.getByText(/fields need your attention/).waitFor()
  await expectQuiet()
})

test('were something against the policy, it would be seen', async () => {
  await form.page.evaluate(() => {
    const style = document.createElement('style')
    style.textContent = 'body { color: red }'
    document.head.append(style)
    const marked = document.createElement('p')
    marked.setAttribute('style', 'color: red')
    document.body.append(marked)
    document.body.append(Object.assign(new Image(), { src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' }))
    try {
      document.body.insertAdjacentHTML('beforeend', '<b>html from text</b>')
    } catch {
      // Trusted Types throw as well as report.
    }
    try {
      document.body.appendChild(document.createElement('script')).text = 'window.__xss = 1'
    } catch {
      // The same.
    }
  })
  await expect
    .poll(async () => (await form.takeReports()).filter((report) => report.includes('violat')).length)
    .toBeGreaterThan(0)
  expect(await form.page.evaluate(() => window.__xss)).toBeUndefined()
})
