import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createNetwork, type Network } from './send.js'

let server: Server
let url: string
let network: Network
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void | Promise<void>

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => void answer(request, response, Buffer.concat(chunks).toString()))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  network = createNetwork({ connectMs: 500, connections: 4 })
})
afterAll(async () => {
  await network.close()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

test('what is sent arrives, and what comes back is an ordinary Response, unpacked', async () => {
  answer = ({ method, headers }, response, body) => {
    response.writeHead(201, { 'content-encoding': 'gzip', 'x-request-id': '7' })
    response.end(gzipSync(JSON.stringify({ method, body, type: headers['content-type'], as: headers.authorization })))
  }
  const headers = { 'content-type': 'application/json', authorization: 'Bearer x' }
  const response = await network.send(new Request(`${url}/a?b=1`, { method: 'POST', headers, body: '{"ä":1}' }))
  expect(response).toBeInstanceOf(Response)
  expect([response.status, response.headers.get('x-request-id')]).toEqual([201, '7'])
  expect(await response.json()).toEqual({ method: 'POST', body: '{"ä":1}', type: 'application/json', as: 'Bearer x' })
})

test('a redirect is not followed: it could lead anywhere with our token', async () => {
  answer = (_, response) => void response.writeHead(302, { location: `${url}/elsewhere` }).end()
  expect((await network.send(new Request(url))).status).toBe(302)
})

test('an answer without a body is one', async () => {
  answer = (_, response) => void response.writeHead(204).end()
  expect((await network.send(new Request(url, { method: 'DELETE' }))).body).toBeNull()
})

test('a call that is given up is cut', async () => {
  let closed = false
  answer = async (_, response) => {
    response.on('close', () => (closed = true))
    await sleep(2_000)
  }
  const gone = AbortSignal.timeout(50)
  await expect(network.send(new Request(url, { signal: gone }))).rejects.toThrow()
  await expect.poll(() => closed).toBe(true)
})

test('where nobody listens, that is said at once', async () => {
  const free = createServer()
  await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve))
  const { port } = free.address() as AddressInfo
  await new Promise((resolve) => free.close(resolve))
  await expect(network.send(new Request(`http://127.0.0.1:${port}`))).rejects.toThrow('fetch failed')
})
