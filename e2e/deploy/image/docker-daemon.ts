// A Docker of the tests' own: a daemon with its files in a folder, beside any other. Somebody's own Docker is left alone:
// images of tests, and a base image made here, have no place in it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { answers, runToEnd, runTool, type ToolOptions, type ToolRun } from './run-tool.js'

export interface DockerDaemon {
  docker(args: readonly string[], options?: ToolOptions): Promise<ToolRun>
  /** Whether `docker compose` is there. */
  hasCompose: boolean
  close(): Promise<void>
}

/** Why none can be started here, if so. */
export async function whyNoDocker(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a Docker daemon needs Linux and root'
  for (const tool of ['dockerd', 'docker', 'debootstrap'])
    if (!(await answers(tool, ['--version']))) return `no ${tool}: apt-get install docker.io debootstrap`
  return undefined
}

/** Changes nothing of the machine's network: no rule, no bridge but those of the networks that are made in it. */
export async function startDocker(folder: string): Promise<DockerDaemon> {
  await mkdir(folder, { recursive: true })
  const host = `unix://${join(folder, 'docker.sock')}`
  const log = await open(join(folder, 'log'), 'w')
  const places = ['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec'), '-p', join(folder, 'pid')]
  const network = ['--bridge=none', '--iptables=false', '--ip-forward=false', '--ip-masq=false']
  const child = spawn('dockerd', [...places, ...network, '-H', host], {
    stdio: ['ignore', log.fd, log.fd],
    detached: true,
  })
  const ended = once(child, 'exit')
  const docker: DockerDaemon['docker'] = (args, options) =>
    runTool('docker', args, { ...options, env: { ...options?.env, DOCKER_HOST: host } })
  const close = async () => {
    child.kill('SIGTERM')
    await ended
    await log.close()
    // It leaves this one behind, and a folder with something mounted in it can't be removed.
    await runToEnd('umount', [join(folder, 'exec/netns/default')])
  }
  for (let tries = 0; tries < 60; tries++) {
    if (await answers('docker', ['info'], { env: { DOCKER_HOST: host } })) break
    if (child.exitCode !== null || tries === 59) {
      await close()
      throw new Error(`dockerd did not start: see ${join(folder, 'log')}`)
    }
    await sleep(500)
  }
  return { docker, hasCompose: await answers('docker', ['compose', 'version']), close }
}
