// An Airbyte that quotes what it was sent, in every way: none of it reaches the browser, the log or the database.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createWorld, query, type World } from '../test/world.js'

let world: World
let token: string
const secret = 'CANARY"hunter2\\ & <b>'
const wrapped = [secret, encodeURIComponent(secret), JSON.stringify({ secret }), Buffer.from(secret).toString('base64')]
const marks = [/CANARY/, /hunter2/, /Q0FOQVJZ/]

beforeAll(async () => {
  world = await createWorld()
  token = await world.newSession('acme')
  await world.restart({
    airbyte: {
      baseUrl: 'http://engine.test',
      fetch: async (request) => {
        const { pathname } = new URL(request.url)
        // The last one stands where a message is cut: half a secret would be left.
        const quote = `refused: ${wrapped.join(' | ')} `.padEnd(491, '.') + secret
        if (request.method === 'POST' && /\/v1\/sources$/.test(pathname))
          return Response.json(
            { status: 422, type: 'x#unprocessable-entity', title: 'unprocessable', data: { message: quote } },
            { status: 422 },
          )
        const answer = await world.engine.fetch(request)
        if (!/output\/check|check_connection$/.test(pathname)) return answer
        return Response.json({ ...((await answer.json()) as object), status: 'failed', message: quote })
      },
    },
  })
})
afterAll(() => world.close())

test.each(['createSource', 'testSource'] as const)('%s', async (name) => {
  const configuration = { credentials: { auth_type: 'api_key', api_key: secret } }
  const body = {
    sourceType: 'acme-crm',
    configuration,
    ...(name === 'createSource' && { tenantId: 'acme', name: 'x' }),
  }
  const answer = await world.call(name, { token, body, headers: { 'idempotency-key': randomUUID() } })
  const text = await answer.text()
  expect(text).toContain('refused: ***')
  const dump = JSON.stringify([
    await query(world.database, `SELECT a::text AS row FROM opsai.audit a`),
    await query(world.database, `SELECT encode(answer, 'escape') AS row FROM opsai.idempotency`),
    await query(world.database, `SELECT o::text AS row FROM opsai.outbox o`),
  ])
  for (const mark of marks) {
    expect(text).not.toMatch(mark)
    expect(world.logLines.join('')).not.toMatch(mark)
    expect(dump).not.toMatch(mark)
  }
})
