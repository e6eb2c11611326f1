// OpenAI's chat completions and Anthropic's messages on one local port, answering well or as badly as a test wants.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

export interface Heard {
  path: string
  headers: IncomingMessage['headers']
  /** The whole request as text: path, headers and body. */
  text: string
  /** What the model is told is data. */
  data: unknown
  body: Record<string, unknown>
}

/** How one question is answered. */
export type Behaviour =
  | { how: 'says'; answer: unknown }
  | { how: 'text'; body: string }
  | { how: 'refuses' }
  | { how: 'filtered' }
  | { how: 'truncated'; answer: unknown }
  | { how: 'status'; status: number }
  | { how: 'drops' }
  | { how: 'hangs' }
  | { how: 'redirects'; to: string }
  | { how: 'endless' }

type Api = 'openai' | 'claude'

export type LanguageModelServer = Awaited<ReturnType<typeof startLanguageModelServer>>

export async function startLanguageModelServer() {
  const heard: Heard[] = []
  let behave: (heard: Heard) => Behaviour = () => ({ how: 'status', status: 500 })
  const sockets = new Set<Duplex>()
  const server = createServer((request, response) => {
    void readAll(request).then((body) => {
      const one = toHeard(request, body)
      heard.push(one)
      reply(one, behave(one), response)
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    heard,
    answer: (next: Behaviour | ((heard: Heard) => Behaviour)) => {
      behave = typeof next === 'function' ? next : () => next
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

function toHeard(request: IncomingMessage, text: string): Heard {
  const body = JSON.parse(text) as Record<string, unknown>
  const messages = body.messages as { role: string; content: string }[]
  const { data } = JSON.parse(messages.at(-1)?.content ?? '{}') as { data: unknown }
  const path = request.url ?? ''
  return { path, headers: request.headers, text: JSON.stringify([path, request.rawHeaders, text]), data, body }
}

function reply({ path, body }: Heard, behaviour: Behaviour, response: ServerResponse): void {
  const api = path.endsWith('/chat/completions') ? 'openai' : path.endsWith('/v1/messages') ? 'claude' : undefined
  if (!api) return void response.writeHead(404).end()
  const send = (value: unknown) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value))
  switch (behaviour.how) {
    case 'says':
      return void send(toGood[api](behaviour.answer, body))
    case 'text':
      return void response.writeHead(200, { 'content-type': 'application/json' }).end(behaviour.body)
    case 'refuses':
      return void send(toRefusal[api])
    case 'filtered':
      return void send(toFiltered[api])
    case 'truncated':
      return void send(toTruncated[api](behaviour.answer, body))
    case 'status':
      return void response
        .writeHead(behaviour.status, { 'content-type': 'application/json' })
        .end(JSON.stringify({ error: { message: `Incorrect API key provided: ${JSON.stringify(body.model)}` } }))
    case 'drops':
      return void response.destroy()
    case 'redirects':
      return void response.writeHead(307, { location: behaviour.to }).end()
    case 'endless':
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"choices":[')
      for (let sent = 0; sent < 40; sent += 1) response.write('"x",'.repeat(5_000))
      return void response.end()
    case 'hangs':
      return
  }
}

const toolOf = (body: Record<string, unknown>) => (body.tools as { name: string }[])[0]?.name

/** As both APIs' documents show them. */
const toGood: Record<Api, (answer: unknown, body: Record<string, unknown>) => unknown> = {
  openai: (answer) => ({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        message: { role: 'assistant', content: JSON.stringify(answer), refusal: null },
      },
    ],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  }),
  claude: (answer, body) => ({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    stop_reason: 'tool_use',
    content: [{ type: 'tool_use', id: 'toolu_1', name: toolOf(body), input: answer }],
    usage: { input_tokens: 1, output_tokens: 1 },
  }),
}
const sorry = "I'm sorry, I can't help with that."
const toRefusal: Record<Api, unknown> = {
  openai: {
    choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: null, refusal: sorry } }],
  },
  claude: { type: 'message', role: 'assistant', stop_reason: 'end_turn', content: [{ type: 'text', text: sorry }] },
}
const toFiltered: Record<Api, unknown> = {
  openai: { choices: [{ index: 0, finish_reason: 'content_filter', message: { role: 'assistant', content: '' } }] },
  claude: { type: 'message', role: 'assistant', stop_reason: 'refusal', content: [] },
}
const toTruncated: typeof toGood = {
  openai: (answer) => ({
    choices: [{ finish_reason: 'length', message: { role: 'assistant', content: JSON.stringify(answer) } }],
  }),
  claude: (answer, body) => ({
    stop_reason: 'max_tokens',
    content: [{ type: 'tool_use', id: 'toolu_1', name: toolOf(body), input: answer }],
  }),
}
