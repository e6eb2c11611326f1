// Within a round: what runs already, or the app written into its folder and handed to the deployer.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppStep } from '@opsai/contract'
import { type Deployed, hashApp } from '@opsai/apps/deploy'
import { writeApp } from '@opsai/apps/node'
import { parse } from 'dotenv'
import type { Services } from '../services.js'
import { noteStep } from '../store/app-rounds.js'
import type { AppRow } from '../store/apps.js'
import type { Lease } from '../store/leases.js'
import { createBlank } from './app-secrets.js'
import type { AppsReach } from './apps-options.js'
import type { AppContents } from './gather-facts.js'

/** One round of one app. */
export interface Round {
  services: Services
  apps: AppsReach
  row: AppRow
  revision: number
  lease: Lease
  signal: AbortSignal
  /** Where it is, for the error. */
  at: { step: AppStep; blank(text: string): string }
}

/** What runs already, or can be made to without being built anew. */
export async function findRunning({ services, apps, row, signal }: Round, name: string): Promise<Deployed | undefined> {
  const { deployer } = apps
  const found = await deployer.inspect(name, signal)
  if (found.state === 'running') return found
  if (found.state === 'absent' || !deployer.start) return undefined
  const at = { status: 'deploying', step: 'starting', message: 'Starting the app' } as const
  await noteStep(services.db, row.tenant_id, at)
  try {
    return await deployer.start(name, signal)
  } catch (error) {
    signal.throwIfAborted()
    services.log.warn('an app did not start again and is deployed anew', {
      tenantId: row.tenant_id,
      name: (error as Error).name,
    })
    return undefined
  }
}

/**
 * What runs is known by what it was made from, and by the folder it was deployed from: what its owner writes there is a
 * change, what an adviser says of the same is none.
 */
export async function toDigest({ files, env }: AppContents, directory: string): Promise<string> {
  const made = createHash('sha256')
    .update(JSON.stringify([files, env]))
    .digest('hex')
  return `${made} ${await hashApp(directory)}`
}

interface ToDeploy {
  name: string
  directory: string
  contents: AppContents
}

export async function writeAndDeploy(round: Round, { name, directory, contents }: ToDeploy) {
  const { services, apps, row, signal, at } = round
  const { tenant_id: tenantId } = row
  at.step = 'preparing'
  await noteStep(services.db, tenantId, { status: 'generating', step: 'generating', message: 'Writing the app' })
  const files = await contents.adviseFiles()
  // Whoever lost the app meanwhile, to another process or to its removal, writes nothing where that one is at work.
  signal.throwIfAborted()
  const { kept } = await writeApp(directory, files, contents.env)
  if (kept.length > 0) services.log.warn('edited files of an app were kept aside', { tenantId, kept })
  // Before it is deployed: what is written meanwhile is seen the next time.
  const digest = await toDigest(contents, directory)
  // All of the file: an owner may have added settings of their own.
  const env = parse(await readFile(join(directory, '.env'), 'utf8'))
  at.blank = createBlank(env).text
  let noted = noteStep(services.db, tenantId, { status: 'deploying', step: 'preparing', message: 'Deploying the app' })
  const deploying = apps.deployer.deploy(
    { name, directory, env },
    {
      signal,
      onProgress: ({ step, message }) => {
        at.step = step
        // In the order they were told, and none after the end.
        noted = noted
          .then(() => noteStep(services.db, tenantId, { status: 'deploying', step, message: at.blank(message) }))
          .catch(() => true)
      },
    },
  )
  const deployed = await deploying.finally(() => noted)
  return { ...deployed, digest }
}
