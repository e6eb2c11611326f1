// The embedded engine in a process of its own. Told what it needs as JSON; says where it listens.
import { listenEngine } from '@opsai/engine'

const { port = 0, ...options } = JSON.parse(process.argv[2])
const engine = await listenEngine({ port, ...options })
process.send({ url: engine.url })
process.once('SIGTERM', () => void engine.close().then(() => process.exit(0)))
process.once('disconnect', () => process.exit(0)) // nobody asks any more
