// A way through to another server that a test can close: requests are handed on as they came, name and all, held for as
// long as it takes, or answered in the other's place. Where nobody answers behind it, it says 502, as a load balancer does.
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Held {
  /** Resolves once a request is held. */
  arrived: Promise<void>
  /** Resolves once whoever sent it has gone away: browsers take their time to say so. */
  left: Promise<void>
  release(): void
}

export interface Gate {
  /** What came, as `POST /api/airbyte/oauth/start`. */
  seen: string[]
  pass(incoming: IncomingMessage, outgoing: ServerResponse): void
  /** Keeps requests waiting that match, until released. */
  hold(match: RegExp): Held
  /** Answers in the other's place, as often as said. */
  answerInstead(match: RegExp, answer: { status: number; body: string; times: number }): void
  /** Lets everything through again, what is held too. */
  clear(): void
}

type Rule = { match: RegExp } & (
  | { kind: 'hold'; released: Promise<void>; onArrived: () => void; onLeft: () => void; release: () => void }
  | { kind: 'answer'; status: number; body: string; times: number }
)

/** @param getTarget where the other listens now, if it does */
export function createGate(getTarget: () => string | undefined): Gate {
  const rules = new Set<Rule>()
  const seen: string[] = []
  return {
    seen,
    pass: (incoming, outgoing) => {
      const asked = `${incoming.method} ${incoming.url}`
      seen.push(asked)
      const rule = [...rules].find(({ match }) => match.test(asked))
      if (rule?.kind === 'answer') {
        if (--rule.times === 0) rules.delete(rule)
        incoming.resume()
        return void outgoing.writeHead(rule.status, { 'content-type': 'application/json' }).end(rule.body)
      }
      if (!rule) return passOn(incoming, outgoing, getTarget())
      rule.onArrived()
      outgoing.once('close', rule.onLeft)
      // Read, or nobody would notice that the other end has gone.
      const body = readBody(incoming)
      // Who went away meanwhile is not spoken for.
      void rule.released.then(async () => outgoing.destroyed || passOn(incoming, outgoing, getTarget(), await body))
    },
    hold: (match) => {
      let onArrived: () => void = () => undefined
      const arrived = new Promise<void>((resolve) => (onArrived = resolve))
      let onLeft: () => void = () => undefined
      const left = new Promise<void>((resolve) => (onLeft = resolve))
      let open: () => void = () => undefined
      const released = new Promise<void>((resolve) => (open = resolve))
      const release = () => {
        rules.delete(rule)
        open()
      }
      const rule: Rule = { kind: 'hold', match, released, onArrived, onLeft, release }
      rules.add(rule)
      return { arrived, left, release }
    },
    answerInstead: (match, answer) => void rules.add({ kind: 'answer', match, ...answer }),
    clear: () => {
      for (const rule of [...rules]) {
        rules.delete(rule)
        if (rule.kind === 'hold') rule.release()
      }
    },
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, to: string | undefined, body?: Buffer): void {
  const fail = () => {
    if (outgoing.headersSent) return void outgoing.destroy()
    outgoing.writeHead(502, { 'content-type': 'text/html' }).end('<title>502</title><h1>Bad gateway</h1>')
  }
  if (to === undefined) return fail()
  const asked = ask(to + (incoming.url ?? '/'), { method: incoming.method, headers: incoming.headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(outgoing)
    answer.on('error', fail)
  })
  asked.on('error', fail)
  outgoing.on('close', () => asked.destroy())
  if (body) asked.end(body)
  else incoming.pipe(asked)
}

/** A gate on a port of its own. */
export async function listenGate(target: string): Promise<Gate & { url: string; close(): Promise<void> }> {
  const gate = createGate(() => target)
  const server = createServer(gate.pass)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    ...gate,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
