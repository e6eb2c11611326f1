// Pages of a host as they are served, on a real little server: what doctor sees of them and says about them.
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { checkPublicApi } from './check-proxy.js'
import { checkHostPage } from './check-host-page.js'
import { checkReturnPage } from './check-return-page.js'
import type { Finding } from './finding.js'
import { parseEnvironment } from '@opsai/server/environment'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

type Files = Record<string, { status?: number; headers?: Record<string, string>; body?: string }>
async function serve(files: Files): Promise<string> {
  const server = createServer(({ url = '/' }, response) => {
    const file = files[url] ?? { status: 404 }
    response.writeHead(file.status ?? 200, { 'content-type': 'text/html', ...file.headers }).end(file.body)
  })
  open.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** The helper itself, as a host may serve it: what doctor looks for has to be in it. */
const helper = readFileSync(new URL('../../../react/src/oauth-return.ts', import.meta.url), 'utf8')
const elsewhere = new URL('https://api.example.com/api/airbyte')
const lines = (findings: readonly Finding[]) => findings.map(({ status, what }) => `${status} ${what}`)
const remedies = (findings: readonly Finding[]) => findings.flatMap((each) => ('remedy' in each ? [each.remedy] : []))

describe('a return page', () => {
  const check = async (files: Files, api?: URL) => {
    const origin = await serve(files)
    const findings = await checkReturnPage(`${origin}/back`, api ?? new URL(`${origin}/api/airbyte`), fetch)
    return { origin, findings, said: lines(findings).map((line) => line.replaceAll(origin, '')) }
  }
  const seen = ['ok /back answers', 'ok /back finishes sign-ins by completeConnect()']

  test.each<[string, Files]>([
    ['in the page', { '/back': { body: `<script type="module">${helper}</script>` } }],
    ['in its script', { '/back': { body: '<script src=/a.js></script>' }, '/a.js': { body: helper } }],
    [
      'in what its script imports, from how a bundler leaves it',
      {
        '/back': { body: '<script type="module" crossorigin src="/assets/main.js"></script>' },
        '/assets/main.js': { body: 'import{t as e}from"./chunk-a.js";import("./chunk-b.js").then(e)' },
        '/assets/chunk-a.js': { body: 'export const t=1' },
        '/assets/chunk-b.js': { body: 'const o=u.searchParams.get("aip_flow");' },
      },
    ],
    [
      'in what it loads before it is asked for',
      {
        '/back': { body: '<link rel="modulepreload" href="lib.js"><script type="module" src="/app.js"></script>' },
        '/lib.js': { body: helper },
      },
    ],
    [
      'by its own word',
      { '/back': { body: '<meta name="opsai-return" content="here"><script src=/gone.js></script>' } },
    ],
  ])('finishes sign-ins, seen %s', async (_, files) => expect((await check(files)).said).toEqual(seen))

  test('without any script can not', async () => {
    const { findings, said } = await check({ '/back': { body: '<h1>Welcome back</h1>' } })
    expect(said).toEqual(['ok /back answers', 'failed /back has no script: nothing on it finishes a sign-in'])
    expect(remedies(findings)[0]).toContain("completeConnect() of '@opsai/react/oauth-return'")
  })

  test('whose scripts show nothing is warned of, however they go in circles', async () => {
    const files = {
      '/back': { body: '<script src="/a.js"></script>' },
      '/a.js': { body: 'import "./a.js"; from "/b.js"' },
    }
    const { findings, said } = await check(files)
    expect(said[1]).toBe('warning /back loads scripts, and completeConnect() was seen in none of them')
    expect(remedies(findings)[0]).toContain('<meta name="opsai-return"')
  })

  test.each([
    [{ status: 302, headers: { location: '/login' } }, 'failed /back redirects (302)'],
    [{ status: 401 }, 'failed /back answers 401'],
    [{ status: 204 }, 'failed /back answers 204'],
  ])('that answers %j is none', async (answer, expected) => {
    expect((await check({ '/back': answer })).said).toEqual([expected])
  })

  test('nobody serves', async () => {
    const findings = await checkReturnPage('http://127.0.0.1:9/back', elsewhere, fetch)
    expect(lines(findings)).toEqual(['failed http://127.0.0.1:9/back does not answer'])
  })

  const withPolicy = (policy: string): Files => ({
    '/back': { headers: { 'content-security-policy': policy }, body: `<script>${helper}</script>` },
  })
  test.each<[string, string[]]>([
    ["default-src 'self'", []],
    ["default-src 'none'; script-src 'nonce-x'; connect-src 'self'", []],
    [
      "default-src 'none'",
      [
        'failed /back may run no script: its Content-Security-Policy says so',
        'failed /back may not reach the API: its Content-Security-Policy says so',
      ],
    ],
    ['connect-src https://other.test', ['failed /back may not reach the API: its Content-Security-Policy says so']],
  ])('with the policy %j', async (policy, expected) => {
    expect((await check(withPolicy(policy))).said.slice(2)).toEqual(expected)
  })

  test('beside an API elsewhere is told what to allow', async () => {
    const { findings } = await check(withPolicy("default-src 'self'"), elsewhere)
    expect(remedies(findings)).toEqual(["Allow it: connect-src 'self' https://api.example.com."])
    const allowed = await check(withPolicy("default-src 'self'; connect-src https://api.example.com"), elsewhere)
    expect(allowed.said).toEqual(seen)
  })

  test.each([
    ['same-origin', 1],
    ['same-origin-plus-coep', 0],
    ['same-origin-allow-popups', 0],
    ['unsafe-none', 0],
  ])('that sends the opener policy %s', async (policy, warnings) => {
    const headers = { 'cross-origin-opener-policy': policy }
    const { findings } = await check({ '/back': { headers, body: `<script>${helper}</script>` } })
    expect(findings.filter(({ status }) => status === 'warning')).toHaveLength(warnings)
  })
})

describe('pages with the hub', () => {
  const check = async (headers: Record<string, string>, api?: URL, body = '') => {
    const origin = await serve({ '/': { headers, body } })
    const findings = await checkHostPage(origin, api ?? new URL(`${origin}/api/airbyte`), fetch)
    return { findings, said: lines(findings).map((line) => line.replaceAll(origin, 'the host')) }
  }
  const fine = ['ok pages of the host may begin sign-ins and ask the API']

  test('that are well, on the own origin and elsewhere', async () => {
    const strict = { 'content-security-policy': "default-src 'self'; form-action 'self'" }
    expect((await check(strict)).said).toEqual(fine)
    expect((await check({}, elsewhere)).said).toEqual(fine)
  })

  test('whose policy keeps forms or requests from the API', async () => {
    const strict = { 'content-security-policy': "default-src 'self'; form-action 'self'" }
    const { findings, said } = await check(strict, elsewhere)
    expect(said).toEqual([
      'warning the Content-Security-Policy of the host keeps forms from the API: no sign-in can begin',
      'warning the Content-Security-Policy of the host keeps its pages from the API',
    ])
    expect(remedies(findings)).toEqual([
      "Allow it on pages with the hub: form-action 'self' https://api.example.com.",
      "Allow it on pages with the hub: connect-src 'self' https://api.example.com.",
    ])
  })

  test('whose policy stands in the page itself', async () => {
    const meta = `<meta http-equiv="Content-Security-Policy" content="form-action 'none'">`
    expect((await check({}, undefined, meta)).said).toEqual([
      'warning the Content-Security-Policy of the host keeps forms from the API: no sign-in can begin',
    ])
  })

  test('that hide where they are, where that is needed', async () => {
    const hidden = { 'referrer-policy': 'no-referrer' }
    expect((await check(hidden)).said).toEqual(fine)
    const said = 'warning the host sends Referrer-Policy: no-referrer, which hides where a sign-in begins'
    expect((await check(hidden, elsewhere)).said).toEqual([said])
    expect((await check({}, elsewhere, '<meta name="referrer" content="no-referrer">')).said).toEqual([said])
    expect((await check({ 'referrer-policy': 'no-referrer-when-downgrade' }, elsewhere)).said).toEqual(fine)
  })
})

describe('where sign-ins come back and reconnect links lead', () => {
  const check = async (files: Files) => {
    const origin = await serve(files)
    const settings = parseEnvironment({ OPSAI_PUBLIC_URL: origin }, { need: [] })
    return lines(await checkPublicApi(settings, fetch)).map((line) => line.replaceAll(origin, ''))
  }

  test('is this API, or something else, or not there yet', async () => {
    expect(await check({ '/api/airbyte/health': { body: '{"status":"ok"}' } })).toEqual([
      'ok sign-ins come back to /api/airbyte, and reconnect links lead there',
    ])
    expect(await check({})).toEqual([
      'failed /api/airbyte is not this API (it answers 404): sign-ins and reconnect links lead there',
    ])
    const settings = parseEnvironment({ OPSAI_PUBLIC_URL: 'http://localhost:9' }, { need: [] })
    expect(await checkPublicApi(settings, fetch)).toEqual([])
  })
})
