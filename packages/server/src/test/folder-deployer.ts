// A deployer for tests that really deploys: the app's folder is copied and served over HTTP, and what was served before
// goes on until the new one has answered.
import { randomUUID } from 'node:crypto'
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, normalize } from 'node:path'
import type { AppToDeploy, Deployed, Deployer, DeployOptions } from '@opsai/apps/deploy'

interface Served {
  server: Server
  deployed: Deployed & { url: string }
  folder: string
}

export interface FolderDeployer extends Deployer {
  /** Every deployment that was begun, in order. */
  begun: AppToDeploy[]
  /** How many of them came to their end. */
  done(): number
  /** Names of what is served now. */
  served(): string[]
  /** Runs in the middle of each deployment: may wait, or throw. */
  instead: ((app: AppToDeploy, options: DeployOptions) => Promise<void>) | undefined
  /** Runs before an app is taken away: may throw. */
  beforeRemove: (() => Promise<void>) | undefined
  /** Ends what is served, as a machine that goes down does. */
  stopAll(): Promise<void>
  /** Ends it, as a program that fails does: what was deployed is still there. */
  crash(name: string): Promise<void>
}

export async function createFolderDeployer(): Promise<FolderDeployer> {
  const home = await mkdtemp(join(tmpdir(), 'opsai-deployed-'))
  const apps = new Map<string, Served>()
  const crashed = new Map<string, { folder: string; deploymentId: string }>()
  let done = 0

  const deployer: FolderDeployer = {
    target: 'local',
    begun: [],
    done: () => done,
    served: () => [...apps.keys()],
    instead: undefined,
    beforeRemove: undefined,
    deploy: async (app, options = {}) => {
      deployer.begun.push(app)
      options.signal?.throwIfAborted()
      options.onProgress?.({ step: 'building', message: 'Copying the app' })
      const deploymentId = randomUUID()
      const folder = join(home, app.name, deploymentId)
      await mkdir(join(home, app.name), { recursive: true })
      await cp(app.directory, folder, { recursive: true })
      await deployer.instead?.(app, options)
      options.signal?.throwIfAborted()
      const next = await serve(folder, deploymentId)
      options.onProgress?.({ step: 'checking', message: 'Looking whether it answers' })
      await (await fetch(next.deployed.url)).text()
      const former = apps.get(app.name)
      apps.set(app.name, next)
      if (former) await end(former)
      crashed.delete(app.name)
      done += 1
      return next.deployed
    },
    inspect: (name) => {
      const served = apps.get(name)
      if (served) return Promise.resolve({ state: 'running', ...served.deployed })
      return Promise.resolve({ state: crashed.has(name) ? 'stopped' : 'absent' })
    },
    start: async (name) => {
      const { folder, deploymentId } = crashed.get(name) ?? { folder: '', deploymentId: '' }
      const next = await serve(folder, deploymentId)
      apps.set(name, next)
      crashed.delete(name)
      return next.deployed
    },
    remove: async (name) => {
      await deployer.beforeRemove?.()
      const served = apps.get(name)
      apps.delete(name)
      crashed.delete(name)
      if (served) await end(served)
      await rm(join(home, name), { recursive: true, force: true })
    },
    stopAll: async () => {
      for (const served of apps.values()) await end(served)
      apps.clear()
    },
    crash: async (name) => {
      const served = apps.get(name)
      if (!served) throw new Error(`${name} is not served.`)
      apps.delete(name)
      crashed.set(name, { folder: served.folder, deploymentId: served.deployed.deploymentId })
      await close(served.server)
    },
    // Of the two proxies in a test neither ends what the other looks at.
    close: () => Promise.resolve(),
  }
  return deployer
}

async function serve(folder: string, deploymentId: string): Promise<Served> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://app.test').pathname)
    readFile(join(folder, path === '/' ? 'generated/connectors.ts' : path), 'utf8').then(
      (text) => response.end(text),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { server, deployed: { url, deploymentId }, folder }
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

async function end({ server, folder }: Served): Promise<void> {
  await close(server)
  await rm(folder, { recursive: true, force: true })
}
