/// <reference types="node" />
// The client promises to run wherever there is `fetch` and Web Crypto: Node, Bun, Deno, edge. Nothing of Node may slip in.
import { readdirSync, readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { expect, it } from 'vitest'

const folder = new URL('.', import.meta.url)
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !/(^|[\\/])test[\\/]/.test(file))
  .map((file) => [file, readFileSync(new URL(file, folder), 'utf8')] as const)

it('imports nothing but its own files and zod', () => {
  expect(sources.length).toBeGreaterThan(30)
  for (const [file, text] of sources) {
    const imported = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name = '']) => name)
    expect([file, imported.filter((name) => !name.startsWith('.') && name !== 'zod')]).toEqual([file, []])
  }
})

it('names nothing that only Node has', () => {
  for (const [file, text] of sources) {
    const code = text.replace(/^\s*(\/\/|\*|\/\*\*).*$/gm, '')
    expect([file, code.match(/\b(Buffer|process|require|__dirname|setImmediate|global)\b(?=[.(])/)]).toEqual([
      file,
      null,
    ])
  }
})

/** What edge runtimes have, and no more. */
const web = { AbortController, AbortSignal, atob, btoa, clearTimeout, crypto, Headers, performance, Request, Response }
const more = {
  setTimeout,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  Uint8Array,
  Error,
  TypeError,
  Object,
  Promise,
}

it('gets a token, calls and fails in a place with web globals only', async () => {
  const { outputFiles } = await build({
    entryPoints: [new URL('index.ts', folder).pathname],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'kit',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['import'],
  })
  const asked: string[] = []
  const fetch = async (request: Request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname} ${request.headers.get('authorization')}`)
    if (request.url.endsWith('/token')) return Response.json({ access_token: 't', expires_in: 900 })
    if (request.url.endsWith('/w1')) return Response.json({ workspaceId: 'w1', name: 'acme' })
    return Response.json({ errorId: 'e1' }, { status: 404 })
  }
  const place = createContext({ ...web, ...more, fetch })
  const code = `${outputFiles[0]?.text}; (async () => {
    const airbyte = kit.createAirbyteClient({
      baseUrl: 'https://airbyte.example.com', auth: { kind: 'client', clientId: 'me', clientSecret: 'shh' },
    })
    const { name } = await airbyte.workspaces.get('w1')
    const error = await airbyte.sources.check('s1').catch((error) => error)
    return { name, code: error.code, globals: typeof process + typeof Buffer + typeof require }
  })()`
  expect(await runInContext(code, place)).toEqual({ name: 'acme', code: 'not_found', globals: 'undefined'.repeat(3) })
  expect(asked[0]).toBe('POST /api/public/v1/applications/token null')
  expect(asked[1]).toBe('GET /api/public/v1/workspaces/w1 Bearer t')
})
