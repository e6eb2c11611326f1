// npm's registry for a build that can't reach it as this machine does: through this machine, with its certificates.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { runTool } from './run-tool.js'

export interface RegistryRelay {
  url: string
  close(): void
}

export async function startRegistryRelay(): Promise<RegistryRelay> {
  const registry = (await runTool('npm', ['config', 'get', 'registry'])).stdout.trim().replace(/\/$/, '')
  const server = createServer((request, response) => {
    const relay = async () => {
      const headers = { accept: request.headers.accept ?? '*/*' }
      const answer = await fetch(registry + request.url, { headers })
      const type = answer.headers.get('content-type') ?? ''
      const body = Buffer.from(await answer.arrayBuffer())
      response.writeHead(answer.status, { 'content-type': type })
      // Packages are to be got here, too.
      response.end(/json/.test(type) ? body.toString().replaceAll(registry, url) : body)
    }
    relay().catch(() => response.writeHead(502).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, close: () => server.close() }
}
