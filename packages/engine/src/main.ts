// The engine as its own process: `node dist/main.js`, configured by OPSAI_ENGINE_* (main-config.ts).
import { pino } from 'pino'
import { defaultConnectors } from './connector/default-connectors.js'
import { listenEngine } from './listen.js'
import { errorFacts } from './logger.js'
import { parseEnvironment } from './main-config.js'

const logger = pino({ name: 'airbyte-engine' })

async function main() {
  const { acmeCrmBaseUrl, ...config } = parseEnvironment(process.env)
  const connectors = defaultConnectors(acmeCrmBaseUrl === undefined ? {} : { acmeCrmBaseUrl })
  const engine = await listenEngine({ ...config, connectors, logger })
  logger.info({ url: engine.url }, 'engine ready')

  let stopping = false
  const stop = (signal: string) => {
    if (stopping) return
    stopping = true
    logger.info({ signal }, 'engine stops')
    engine.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error(errorFacts(error), 'engine did not stop cleanly')
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
})
