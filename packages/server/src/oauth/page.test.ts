// Every page of a sign-in, as a browser gets it (security.md §3.5).
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type Page, redirect, renderPage } from './page.js'
import { script } from './page-script.js'

const page = { title: 'A', text: 'B', secure: true } as const
const pages: [string, Page][] = [
  ['on its way', { ...page, does: 'go', consentPath: '/c', cookie: 'a=b' }],
  ['that asks', { ...page, does: 'ask', consentPath: '/c' }],
  ['that is posted', { ...page, does: 'post' }],
  ['that is done', { ...page, does: 'close', wake: { flowId: 'f', origin: 'https://h.test' } }],
  [
    'with an error and a way on',
    { ...page, does: 'nothing', status: 410, link: { href: 'https://h.test/', text: 'C' } },
  ],
]

test.each(pages)('a page %s has exactly the headers of the plan', async (_, wanted) => {
  const answer = renderPage(wanted)
  const nonce = /<style nonce="([^"]+)"/.exec(await answer.text())?.[1] ?? ''
  expect(nonce).toMatch(/^[\w-]{43}$/)
  const { 'set-cookie': cookie, ...headers } = Object.fromEntries(answer.headers)
  expect(headers).toEqual({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'strict-transport-security': 'max-age=31536000',
  })
  expect(cookie).toBe(wanted.cookie)
})

test('so has the way back to the host, and over http nothing is said of https', () => {
  const { headers, status } = redirect('https://h.test/return#c=1', true)
  expect(status).toBe(303)
  for (const name of ['content-security-policy', 'referrer-policy', 'x-frame-options', 'strict-transport-security'])
    expect(headers.has(name), name).toBe(true)
  expect(redirect('http://h.test/', false).headers.has('strict-transport-security')).toBe(false)
})

test('what comes from outside is text and never markup, wherever it stands', async () => {
  const evil = '"><img src=x onerror=alert(1)>'
  const wake = { flowId: evil, origin: evil }
  const html = await renderPage({
    ...page,
    title: evil,
    text: evil,
    does: 'close',
    consentPath: evil,
    wake,
    link: { href: evil, text: evil },
  }).text()
  expect(html).not.toContain('<img')
  expect(html.split('&lt;img').length - 1).toBe(8)
})

test('pages that only say something, or are posted, have no script; the script of the others is at most 2 KiB', async () => {
  for (const [, wanted] of pages) {
    const isScripted = ['go', 'ask', 'close'].includes(wanted.does)
    expect((await renderPage(wanted).text()).includes('<script'), wanted.does).toBe(isScripted)
  }
  const bytes = gzipSync(script).byteLength
  console.log(`the script of the sign-in pages: ${bytes} bytes gzip`)
  expect(bytes).toBeLessThanOrEqual(2_048)
})
