// Ten thousand configurations with canaries, through everything a secret could leak by: log lines, audit facts and
// problems; echoed as connectors and Airbyte echo them. Seeded, so that a find can be looked at again.
import { randomUUID } from 'node:crypto'
import { AirbyteError } from '@opsai/airbyte-client'
import fc from 'fast-check'
import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { ProblemError } from '../http/problem.js'
import { toProblemResponse } from '../http/register-routes.js'
import { createLog } from '../log.js'
import { runAs } from '../session/request-context.js'
import { addAudit } from '../store/audit.js'
import type { Db } from '../store/database.js'
import { noteConfiguration, noteSpec } from './given-secrets.js'
import { scrubProblem } from './scrub-answer.js'

const RUNS = 10_000
const SEED = 20_261_124

interface Form {
  schema: Record<string, unknown>
  value: unknown
  secrets: string[]
}

const tail = fc.string({
  unit: fc.constantFrom(...'abcXYZ019 "\\/+&=?%#<>\n\tüß漢😀{}[]$^*.'),
  minLength: 6,
  maxLength: 24,
})
const secretText = tail.map((text) => `CANARY${text}x`)
const secret = secretText.map((value): Form => ({
  schema: { type: 'string', airbyte_secret: true },
  value,
  secrets: [value],
}))
const plain = fc
  .constantFrom('db.acme.test', 'public', 'us-east-1', 'eu')
  .map((value): Form => ({ schema: { type: 'string' }, value, secrets: [] }))
const names = fc.constantFrom('host', 'region', 'alpha', 'beta', 'key_file', 'tunnel', 'items_of', 'gamma')

const form: fc.Memo<Form> = fc.memo((depth) =>
  depth <= 1 ? leaf : fc.oneof(leaf, object(depth), list(depth), choice(depth)),
)
const leaf = fc.oneof({ weight: 3, arbitrary: secret }, plain)
const object = (depth: number) =>
  fc.dictionary(names, form(depth - 1), { minKeys: 1, maxKeys: 4 }).map((parts): Form => ({
    schema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(parts).map(([name, { schema }]) => [name, schema])),
    },
    value: Object.fromEntries(Object.entries(parts).map(([name, { value }]) => [name, value])),
    secrets: Object.values(parts).flatMap(({ secrets }) => secrets),
  }))
const list = (depth: number) =>
  form(depth - 1).map(({ schema, value, secrets }): Form => ({
    schema: { type: 'array', items: schema },
    value: [value, value],
    secrets,
  }))
const choice = (depth: number) =>
  object(depth).map(({ schema, value, secrets }): Form => ({
    schema: { oneOf: [{ type: 'object', properties: { kind: { const: 'other' } } }, schema] },
    value,
    secrets,
  }))

/** How what was sent comes back in a sentence of somebody else's. */
const echoes: ((secret: string) => string)[] = [
  (secret) => `login with ${secret} failed`,
  (secret) => `GET https://x.test/?key=${encodeURIComponent(secret)} answered 401`,
  (secret) => `GET https://x.test/?${new URLSearchParams({ q: secret }).toString()} answered 401`,
  (secret) => `sent ${JSON.stringify({ deep: { value: secret } })}`,
  (secret) => `sent ${JSON.stringify(JSON.stringify({ value: secret }))}`,
  (secret) => `Authorization: Basic ${Buffer.from(`user:${secret}`).toString('base64')}`,
  (secret) => `body ${Buffer.from(`{"a":"${secret}"}`).toString('base64')}`,
  (secret) => `token ${Buffer.from(secret).toString('base64url')}`,
  (secret) => `bytes ${Buffer.from(secret).toString('hex')}`,
]

/** Whether a text holds the secret, or its encoded forms: looked for without the code under test. */
const holds = (text: string, secret: string): boolean => {
  if (text.includes('CANARY')) return true
  const middle = Buffer.from(secret.slice(6))
  const encoded = [0, 1, 2].map((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), Buffer.from('CANARY'), middle]).toString('base64')
    return whole.slice(Math.ceil((shift * 8) / 6) + 1, Math.ceil((shift * 8) / 6) + 9)
  })
  return [...encoded, Buffer.from('CANARY').toString('hex')].some((form) => text.includes(form))
}

async function leak(given: Form, knowsSpec: boolean, echo: (secret: string) => string): Promise<string[]> {
  const out: string[] = []
  const log = createLog(pino({ level: 'info' }, { write: (line) => void out.push(line) }), [])
  const db = {
    rows: (_: string, values: unknown) => (out.push(JSON.stringify(values)), Promise.resolve([])),
  } as unknown as Db
  await runAs({ requestId: 'r', origin: 'https://host.test' }, async () => {
    noteConfiguration(given.value)
    if (knowsSpec) noteSpec(given.schema)
    log.info('created', { configuration: given.value, list: [given.value] })
    for (const secret of given.secrets) {
      const said = echo(secret)
      const upstream = new AirbyteError(said, { code: 'invalid', detail: said })
      log.warn(said, { error: new Error(said, { cause: new Error(said) }), [said]: said })
      await addAudit(db, { action: 'source_created', facts: { said } })
      for (const error of [
        upstream,
        new ProblemError('check_failed', {
          detail: said,
          displayMessage: said,
          remedy: said,
          fieldErrors: [{ path: ['a'], code: 'x', message: said }],
        }),
        new Error(said),
      ])
        out.push(await (await scrubProblem(toProblemResponse(error, randomUUID(), { log }))).text())
    }
  })
  return out
}

test(
  `${RUNS} configurations with canaries: none gets out, by no way, in no wrapping`,
  { timeout: 240_000 },
  async () => {
    const std = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
    let canaries = 0
    let lines = 0
    try {
      await fc.assert(
        fc.asyncProperty(form(3), fc.boolean(), fc.constantFrom(...echoes), async (given, knowsSpec, echo) => {
          const out = await leak(given, knowsSpec, echo)
          canaries += given.secrets.length
          lines += out.length
          for (const secret of given.secrets) {
            const found = [...out, ...std.mock.calls.map(([chunk]) => String(chunk))].find((text) =>
              holds(text, secret),
            )
            if (found) throw new Error(`leaked: ${secret} in ${found}`)
          }
        }),
        { numRuns: RUNS, seed: SEED },
      )
    } finally {
      std.mockRestore()
    }
    console.log(`redaction: ${RUNS} configurations, ${canaries} canaries, ${lines} lines, 0 hits`)
    expect(canaries).toBeGreaterThan(RUNS)
  },
)

test('what the spec does not call secret stays readable, so that an error still says something', async () => {
  const out = await leak(
    {
      schema: { properties: { host: { type: 'string' }, password: { type: 'string', airbyte_secret: true } } },
      value: { host: 'db.acme.test', password: 'hunter2!' },
      secrets: ['hunter2!'],
    },
    true,
    (secret) => `no route to db.acme.test with ${secret}`,
  )
  expect(out.join('')).toContain('no route to db.acme.test with ***')
})
