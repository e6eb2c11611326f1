// Pages are closed and reloaded while they send: nobody is to be woken for that.
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { serve } from '@hono/node-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
