// A world whose proxy makes apps, and what tests of them ask of it again and again.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '@opsai/contract'
import { expect } from 'vitest'
import type { ServerOptions } from '../index.js'
import { createFolderDeployer } from './folder-deployer.js'
import { createWorld } from './world.js'

/** Of the least an app can be: what is generated is what counts here. */
export const template = { 'package.json': '{"name":"tenant-app"}', '.gitignore': '.env\n' }

export type AppWorld = Awaited<ReturnType<typeof createAppWorld>>

/** @param overrides of the proxy's options */
export async function createAppWorld(overrides: Partial<ServerOptions> = {}) {
  const deployer = await createFolderDeployer()
  const directory = await mkdtemp(join(tmpdir(), 'opsai-apps-'))
  const apps = { deployer, directory, template, quietMs: 300 }
  const world = await createWorld({ apps, ...overrides })

  const get = async (tenantId: string) => {
    const answer = await world.call('getApp', { params: { tenantId } })
    return answer.status === 200 ? ((await answer.json()) as App) : undefined
  }
  return {
    ...world,
    deployer,
    directory,
    apps,
    get,
    ask: async (tenantId: string, name?: string) => {
      const answer = await world.call('createApp', { body: { tenantId, ...(name && { name }) } })
      expect(answer.status, await answer.clone().text()).toBe(202)
      return (await answer.json()) as App
    },
    /** The app once it is so. */
    until: (tenantId: string, is: (app: App) => boolean) =>
      expect
        .poll(async () => get(tenantId).then((app) => (app && is(app) ? app : { notYet: app })), {
          timeout: 30_000,
          interval: 50,
        })
        .not.toHaveProperty('notYet')
        .then(async () => (await get(tenantId)) as App),
    /** A source of the tenant's with a connection, not synced. */
    connect: async (token: string, tenantId: string, name = 'Try out', stream = 'users') => {
      const make = async <T>(route: 'createSource' | 'createConnection', body: object) => {
        const answer = await world.call(route, { token, body })
        expect(answer.status, await answer.clone().text()).toBe(201)
        return (await answer.json()) as T
      }
      const { sourceId } = await make<{ sourceId: string }>('createSource', {
        tenantId,
        sourceType: 'sample-data',
        name,
        configuration: { count: 20 },
      })
      const streams = [{ name: stream, syncMode: 'full_refresh_overwrite' }]
      const { connectionId } = await make<{ connectionId: string }>('createConnection', { sourceId, name, streams })
      return { sourceId, connectionId }
    },
    close: async () => {
      await world.close()
      await deployer.stopAll()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** Running what was wanted last. */
export const isUpToDate = ({ status, revision }: App) => status === 'running' && revision.wanted === revision.deployed
