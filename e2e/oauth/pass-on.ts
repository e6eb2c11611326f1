// A load balancer in front of the proxy: hands requests on as they came, name and all, and says 502 where nobody answers.
import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http'

export function passOn(incoming: IncomingMessage, outgoing: ServerResponse, to: string | undefined): void {
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
  incoming.pipe(asked)
}
