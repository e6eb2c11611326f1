// Just enough of an Airbyte for the client to be right about, so that its faults can be tried in seconds.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export const stubToken = 'canary-access-token-5f1c'

const source = {
  sourceId: 's-1',
  name: 'mine',
  sourceType: 'acme-crm',
  definitionId: 'd-1',
  workspaceId: 'w-1',
  configuration: {},
  createdAt: 1,
}
const job = { jobId: 7, status: 'running', jobType: 'sync', startTime: '2026-08-21T12:00Z', connectionId: 'c-1' }
const check = { status: 'succeeded', jobInfo: { succeeded: true } }

const answers: [RegExp, unknown][] = [
  [/applications\/token$/, { access_token: stubToken, token_type: 'Bearer', expires_in: 900 }],
  [/commands\/run/, { id: '00000000-0000-4000-8000-000000000001' }],
  [/commands\/status$/, { status: 'completed' }],
  [/commands\/output\/check$/, { status: 'succeeded' }],
  [/check_connection$/, check],
  [/\/jobs\/7$/, job],
]

/** Answers tokens, a source, its list, a check and a job. */
export async function startStubAirbyte(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*/, '')
    const found = answers.find(([pattern]) => pattern.test(path))
    const list = request.method === 'GET' ? { data: [source], previous: '', next: '' } : source
    const body = found ? found[1] : path.endsWith('/public/v1/sources') ? list : undefined
    request.resume()
    request.on('end', () => {
      response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body ?? 'Object not found.'))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
