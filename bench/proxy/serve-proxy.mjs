// The proxy in a process of its own, mounted as a host would mount it. Told its options as JSON.
import { serve } from '@hono/node-server'
import { createServer } from '@opsai/server'
import { pino } from 'pino'

const options = JSON.parse(process.argv[2])
const proxy = await createServer({ ...options, logger: pino({ level: 'warn' }) })
const server = serve({ fetch: proxy.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.send({ url: `http://127.0.0.1:${port}/api/airbyte` })
})
process.on('message', () => process.send({ rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20) }))
process.once('SIGTERM', () => {
  server.close()
  void proxy.close().then(() => process.exit(0))
})
