// The embedded engine in a process of its own, as a self-managed Airbyte would be. Told what it needs as JSON.
import { listenEngine } from '@opsai/engine'

const { databaseUrl, encryptionKey, auth } = JSON.parse(process.argv[2])
const engine = await listenEngine({ port: 0, databaseUrl, encryptionKey, auth })
process.send({ url: engine.url })
process.once('SIGTERM', () => void engine.close().then(() => process.exit(0)))
process.on('message', () => process.send({ rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20) }))
