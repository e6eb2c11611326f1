// The proxy in a process of its own, mounted as a host mounts it. Told its options as JSON; says where it listens.
import { serve } from '@hono/node-server'
import { createServer } from '@opsai/server'
import { pino } from 'pino'

const { port = 0, ...options } = JSON.parse(process.argv[2])
const proxy = await createServer({ ...options, logger: pino({ level: 'warn' }) })
const server = serve({ fetch: proxy.fetch, port, hostname: '127.0.0.1' }, (address) => {
  process.send({ url: `http://127.0.0.1:${address.port}` })
})
// First no new work: what is under way is finished, what still comes is told to ask elsewhere. Then no listener.
process.once('SIGTERM', async () => {
  await proxy.close()
  server.close(() => process.exit(0))
  server.closeIdleConnections()
})
process.once('disconnect', () => process.exit(0)) // nobody asks any more
