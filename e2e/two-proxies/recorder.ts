// A plain way through to the engine that counts: what was asked, and how much of one kind was under way at once.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Recorder {
  url: string
  /** Requests seen since the last `clear`, as `POST /api/v1/sources/check_connection`. */
  seen: string[]
  clear(): void
  /** Most tests of sources that were under way at the same time. */
  mostChecks(): number
  close(): Promise<void>
}

export async function startRecorder(engineUrl: string): Promise<Recorder> {
  const seen: string[] = []
  let checks = 0
  let most = 0
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? '/'
    seen.push(`${incoming.method} ${path}`)
    // A test by command is under way from its start until its outcome was fetched.
    const begins = /commands\/run\/check|sources\/check_connection/.test(path)
    const ends = /commands\/output\/check|sources\/check_connection/.test(path)
    if (begins) most = Math.max(most, ++checks)
    void forward(engineUrl, incoming, outgoing, begins ? 30 : 0).finally(() => ends && checks--)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    clear: () => {
      seen.length = 0
      most = 0
      checks = 0
    },
    mostChecks: () => most,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function forward(
  engineUrl: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  delayMs: number,
): Promise<void> {
  const body: Buffer[] = []
  for await (const part of incoming) body.push(part as Buffer)
  await sleep(delayMs)
  const headers = Object.entries(incoming.headers).filter(
    ([name]) => !['host', 'connection', 'content-length'].includes(name),
  )
  const hasBody = body.length > 0 && incoming.method !== 'GET'
  const answer = await fetch(engineUrl + (incoming.url ?? '/'), {
    method: incoming.method ?? 'GET',
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(hasBody && { body: Buffer.concat(body) }),
    redirect: 'manual',
  })
  const text = Buffer.from(await answer.arrayBuffer())
  outgoing.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' })
  outgoing.end(text)
}
