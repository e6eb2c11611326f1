// An app that is started: it runs on a port, and has answered or not.
import { lastLines } from '../blank-secrets.js'
import { DeployError } from '../deployer.js'
import { whoseIs } from './listener.js'
import { toNodeCommand } from './node-command.js'
import { isFree } from './ports.js'
import { identify, type ProcessId, stopProcess } from './processes.js'
import type { Release } from './releases.js'
import { spawnGroup } from './spawn-group.js'

export interface StartOptions {
  port: number
  env: Readonly<Record<string, string>>
  /** Where it says whether it can work. */
  healthPath: string
  healthTimeoutMs: number
  signal?: AbortSignal
  /** Takes each line it prints, clean. */
  onLine?(line: string): void
  /** Called once it runs, before it is known whether it answers. */
  onStarted?(): void
  clean(text: string): string
}

export interface StartedApp {
  process: ProcessId
  ended: Promise<unknown>
}

/**
 * Starts a release and waits until it answers 2xx.
 *
 * @throws DeployError where it doesn't; nothing of it runs then
 */
export async function startApp(release: Release, options: StartOptions): Promise<StartedApp> {
  const args = await toNodeCommand(release.folder, 'start')
  const env = { ...options.env, PORT: String(options.port) }
  const { clean, onLine } = options
  const child = await spawnGroup({ run: { node: args }, cwd: release.folder, env, clean, ...(onLine && { onLine }) })
  const id = (await identify(child.pid)) ?? { pid: child.pid, startedAt: 'has ended' }
  options.onStarted?.()
  let hasEnded = false
  const ended = child.ended.then((how) => ((hasEnded = true), how))
  try {
    const health = await askHealth(options, child.pid, () => hasEnded)
    if (health === 'healthy') return { process: id, ended }
    const how = hasEnded ? `ended (${describe(await ended)})` : health
    if (health === 'somebody else answered' || (hasEnded && !(await isFree(options.port))))
      throw portTaken(options.port)
    const said = lastLines(child.output())
    throw new DeployError(
      hasEnded ? 'starting' : 'checking',
      `The app ${how}${said ? `:\n${said}` : ', and said nothing.'}`,
      hasEnded
        ? 'Mend what it says, and deploy again.'
        : `See why ${options.healthPath} does not answer well: often the database can't be reached.`,
      !hasEnded,
    )
  } catch (error) {
    await stopProcess(id)
    throw error
  }
}

const describe = ({ code, signal }: { code: number | null; signal: string | null }) => signal ?? `exit ${code}`

const portTaken = (port: number) =>
  new DeployError(
    'starting',
    `Something else on this machine took port ${port} while the app was starting.`,
    'Deploy again: the app gets another port.',
    true,
  )

/** `healthy`, or what was wrong until time was up. */
async function askHealth(options: StartOptions, group: number, hasEnded: () => boolean): Promise<'healthy' | string> {
  const deadline = Date.now() + options.healthTimeoutMs
  let last = 'did not answer'
  while (!hasEnded() && Date.now() < deadline) {
    options.signal?.throwIfAborted()
    const status = await ask(`http://127.0.0.1:${options.port}${options.healthPath}`)
    if (hasEnded()) break
    // Its port was free a moment ago, and may have gone to somebody who was quicker.
    if (status !== undefined && (await whoseIs(options.port, group)) === "somebody else's")
      return 'somebody else answered'
    if (hasEnded()) break
    if (status !== undefined && status >= 200 && status < 300) return 'healthy'
    if (status !== undefined) last = `answered ${status}`
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return `${last} at ${options.healthPath} within ${options.healthTimeoutMs / 1000} s`
}

async function ask(url: string): Promise<number | undefined> {
  const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) }).catch(() => undefined)
  await answer?.body?.cancel().catch(() => {})
  return answer?.status
}
