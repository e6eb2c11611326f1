// What a compose.yaml says, carried out: by Compose where it is there, otherwise by `docker run` with the same words.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parse as parseEnv } from 'dotenv'
import { parse } from 'yaml'
import type { DockerDaemon } from './docker-daemon.js'

export interface Service {
  image: string
  env_file: string
  ports: [string]
  read_only: boolean
  tmpfs: string[]
  cap_drop: string[]
  security_opt: string[]
  init: boolean
  healthcheck: { test: [string, ...string[]]; interval: string; timeout: string; start_period: string; retries: number }
}

export interface RunningService {
  /** What the daemon calls its container. */
  container: string
  url: string
  /** In the time an operator gives it, ten seconds; then it is killed, which its exit code says: 137. */
  stop(): Promise<void>
  remove(): Promise<void>
}

/** Up and healthy, on any free port. `network` is where it runs if Compose makes none. */
export async function runService(daemon: DockerDaemon, folder: string, network: string): Promise<RunningService> {
  const { docker } = daemon
  const compose = (...args: string[]) => docker(['compose', ...args], { cwd: folder, env: { PORT: '0' } })
  const container = await (daemon.hasCompose ? upByCompose() : upByRun())
  const published = await docker(['port', container, '3000/tcp'])
  return {
    container,
    url: `http://${published.stdout.trim()}`,
    stop: async () => void (await (daemon.hasCompose ? compose('stop') : docker(['stop', container]))),
    remove: async () => void (await (daemon.hasCompose ? compose('down') : docker(['rm', '--force', container]))),
  }

  async function upByCompose(): Promise<string> {
    await compose('up', '--detach', '--wait', '--no-build')
    return (await compose('ps', '--quiet', 'app')).stdout.trim()
  }

  async function upByRun(): Promise<string> {
    const service = await readService(folder)
    const env = parseEnv(await readFile(join(folder, service.env_file)))
    const args = ['run', '--detach', '--network', network, ...toRunArguments(service, Object.keys(env))]
    const id = (await docker(args, { env })).stdout.trim()
    await untilHealthy(daemon, id)
    return id
  }
}

export async function readService(folder: string): Promise<Service> {
  const { services } = parse(await readFile(join(folder, 'compose.yaml'), 'utf8')) as { services: { app: Service } }
  return services.app
}

/** Settings are named only: their values are in the environment it is run with. */
export function toRunArguments(service: Service, settings: readonly string[]): string[] {
  const { test, interval, timeout, start_period, retries } = service.healthcheck
  const command = test.slice(1).map((word) => `'${word.replaceAll("'", `'\\''`)}'`)
  return [
    ...settings.flatMap((name) => ['--env', name]),
    ...service.ports.flatMap((published) => ['--publish', published.replace('${PORT:-3000}', '0')]),
    ...(service.read_only ? ['--read-only'] : []),
    ...service.tmpfs.flatMap((path) => ['--tmpfs', path]),
    ...service.cap_drop.flatMap((capability) => ['--cap-drop', capability]),
    ...service.security_opt.flatMap((option) => ['--security-opt', option]),
    ...(service.init ? ['--init'] : []),
    ...['--health-cmd', command.join(' '), '--health-interval', interval, '--health-timeout', timeout],
    ...['--health-start-period', start_period, '--health-retries', String(retries)],
    service.image,
  ]
}

async function untilHealthy({ docker }: DockerDaemon, container: string): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    const { stdout } = await docker(['inspect', '--format', '{{.State.Health.Status}}', container])
    if (stdout.trim() === 'healthy') return
    if (stdout.trim() === 'unhealthy') break
    await sleep(500)
  }
  throw new Error(`It did not become healthy:\n${(await docker(['logs', container])).said}`)
}
