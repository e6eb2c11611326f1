// Pages are closed and reloaded while they send: nobody is to be woken for that.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRecorder } from '../test/recorder.js'
import { createWorld, type World } from '../test/world.js'

let world: World
let token: string
beforeAll(async () => {
  world = await createWorld()
  token = await world.newSession('acme')
})
afterAll(() => world.close())

test.each([
  ['/sources/test', 'application/json'],
  ['/oauth/start', 'application/x-www-form-urlencoded'],
])('who leaves while sending to %s is a line of the log like any other', async (path, type) => {
  let asked: Request | undefined
  const fetch = (request: Request) => world.send((asked = request))
  const server = serve({ fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  const before = world.logLines.length

  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const head = [`POST /api/airbyte${path} HTTP/1.1`, 'Host: app.test', `Authorization: Bearer ${token}`]
  socket.write([...head, `Content-Type: ${type}`, 'Content-Length: 1000', '', '{"sourceType":'].join('\r\n'))
  // The proxy has begun to read.
  await expect.poll(() => asked?.body?.locked, { interval: 10 }).toBe(true)
  socket.destroy()

  const lines = () => world.logLines.slice(before).map((line) => JSON.parse(line) as Record<string, unknown>)
  await expect
    .poll(lines, { timeout: 10_000 })
    .toEqual([expect.objectContaining({ level: 30, msg: 'request', route: `/api/airbyte${path}`, status: 400 })])
  await new Promise((resolve) => server.close(resolve))
})

test('who leaves while Airbyte is at work is no failure either', async () => {
  const recorder = createRecorder(world)
  let isAtWork = false
  recorder.instead = async ({ url }) => {
    if (!url.endsWith('/run/check')) return undefined
    isAtWork = true
    return await new Promise((resolve) => setTimeout(() => resolve(undefined), 1_000))
  }
  await world.restart({ airbyte: recorder.airbyte })
  const server = serve({ fetch: world.send, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  const before = world.logLines.length

  const body = JSON.stringify({ sourceType: 'sample-data', configuration: { count: 1 } })
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  const head = ['POST /api/airbyte/sources/test HTTP/1.1', 'Host: app.test', `Authorization: Bearer ${token}`]
  const more = [`Idempotency-Key: ${randomUUID()}`, 'Content-Type: application/json', `Content-Length: ${body.length}`]
  socket.write([...head, ...more, '', body].join('\r\n'))
  await expect.poll(() => isAtWork, { interval: 10 }).toBe(true)
  socket.destroy()

  const lines = () => world.logLines.slice(before).map((line) => JSON.parse(line) as { level: number; msg: string })
  await expect.poll(() => lines().some(({ msg }) => msg === 'request'), { timeout: 10_000 }).toBe(true)
  expect(lines().filter(({ level }) => level >= 50)).toEqual([])
  await new Promise((resolve) => server.close(resolve))
})
