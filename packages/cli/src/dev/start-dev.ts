// `opsai dev`: starts everything in the order it is needed, and stops it in the reverse.
import { access, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../usage-error.js'
import { startChild } from './child.js'
import { type CustomerDatabase, startCustomerDatabase, startKitDatabase } from './databases.js'
import { startEmbeddedEngine } from './embedded-engine.js'
import { readOrMakeKeys } from './kept-keys.js'
import { openLog } from './log-file.js'
import { requireFreePorts } from './ports.js'
import { acmeUser, startSandbox } from './sandbox.js'
import type { DevSettings } from './settings.js'

export interface DevOptions {
  /** Folder of the app to serve; its built server is `dist/server/main.js`. */
  app: string
  settings: DevSettings
  /** Whether to forget everything kept from earlier runs first. */
  reset: boolean
  log(line: string): void
}

export interface Dev {
  /** Where the app is. */
  url: string
  /** Settles when a part ended without being asked to. */
  failed: Promise<Error>
  stop(): Promise<void>
}

interface Part {
  failed?: Promise<Error>
  stop(): Promise<void>
}

/**
 * Starts the kit's database, the embedded engine (or uses the Airbyte that is configured), the sandbox SaaS,
 * a customer's database and the app.
 *
 * @throws UsageError when a port is taken or the app is not built; whatever had started is stopped again.
 * @example
 * const dev = await startDev({ app: 'examples/vite-react', settings: parseDevSettings(process.env), reset: false, log: console.log })
 */
export async function startDev({ app, settings, reset, log }: DevOptions): Promise<Dev> {
  const { ports, dataDir } = settings
  const script = join(app, 'dist', 'server', 'main.js')
  await requireFile(script)
  await requireFreePorts(portsToCheck(settings))
  if (reset) await rm(dataDir, { recursive: true, force: true })
  await mkdir(dataDir, { recursive: true })
  const keys = await readOrMakeKeys(dataDir)
  const writeLog = await openLog(dataDir)
  log(`logs: ${writeLog.file}`)

  const parts: Part[] = []
  const stop = async () => {
    for (const part of parts.reverse().splice(0)) await part.stop()
  }
  const start = async <T extends Part>(starting: Promise<T>): Promise<T> => {
    const part = await starting
    parts.push(part)
    return part
  }
  try {
    // Both databases at once: they are most of the start-up time and know nothing of each other.
    const customerStarting = start(startCustomerDatabase(settings, keys))
    customerStarting.catch(() => {})
    const database = await start(startKitDatabase(settings))
    const airbyteEnv = settings.airbyte
      ? toAirbyteEnv(settings.airbyte)
      : await start(startEmbeddedEngine({ settings, keys, databaseUrl: database.engineUrl })).then((engine) => ({
          AIRBYTE_API_URL: engine.url,
        }))
    const sandboxStarting = start(startSandbox({ settings, keys, log: writeLog }))
    sandboxStarting.catch(() => {})
    const customer = await customerStarting
    await sandboxStarting
    const url = `http://localhost:${ports.app}`
    await start(
      startChild({
        name: 'app',
        script,
        cwd: app,
        readyUrl: `http://127.0.0.1:${ports.app}/api/airbyte/health`,
        env: {
          OPSAI_APPS_TARGET: 'local',
          ...settings.passedOn,
          OPSAI_APPS_DIR: settings.appsDir,
          ...airbyteEnv,
          PORT: String(ports.app),
          OPSAI_PUBLIC_URL: url,
          ...(settings.storageDir && { OPSAI_STORAGE_DIR: settings.storageDir }),
          DATABASE_URL: database.databaseUrl,
          WAREHOUSE_URL: database.warehouseUrl,
          OPSAI_HOST_KEY: settings.hostKey ?? keys.hostKey,
          OPSAI_ENCRYPTION_KEY: settings.encryptionKey ?? keys.encryptionKey,
          DEMO_HINTS: JSON.stringify(toHints(customer)),
        },
        log: writeLog,
      }),
    )
    const failures = parts.flatMap((part) => part.failed ?? [])
    return { url, failed: Promise.race([...failures, new Promise<Error>(() => {})]), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function requireFile(script: string): Promise<void> {
  await access(script).catch(() => {
    throw new UsageError(`there is no built app at ${script}. Build it first: npm run build`)
  })
}

/** The databases look at their own ports: one left running by a killed run is theirs to stop. */
function portsToCheck({ ports, airbyte }: DevSettings): Record<string, number> {
  return { app: ports.app, sandbox: ports.sandbox, ...(!airbyte && { engine: ports.engine }) }
}

function toAirbyteEnv(airbyte: NonNullable<DevSettings['airbyte']>): Record<string, string> {
  return {
    AIRBYTE_API_URL: airbyte.url,
    ...(airbyte.clientId && { AIRBYTE_CLIENT_ID: airbyte.clientId }),
    ...(airbyte.clientSecret && { AIRBYTE_CLIENT_SECRET: airbyte.clientSecret }),
    ...(airbyte.apiKey && { AIRBYTE_API_KEY: airbyte.apiKey }),
  }
}

/** What a person trying the demo needs to type. The demo's customer is made up; so is its password. */
function toHints({ host, port, database, username, password }: CustomerDatabase) {
  return { postgres: { host, port, database, username, password }, acmeCrm: acmeUser }
}
