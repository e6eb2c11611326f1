// One round: look at what is connected, write the app, deploy it. Whoever does it holds the app's lease.
import { join } from 'node:path'
import { readTemplate } from '@opsai/apps/node'
import { parse } from 'dotenv'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import { beginRound, forgetRound, settleFailed, settleRunning } from '../store/app-rounds.js'
import type { AppRow } from '../store/apps.js'
import type { Lease } from '../store/leases.js'
import { addWebhookEvent } from '../store/webhook-events.js'
import { toReadyTenant } from '../tenants/tenants.js'
import { inScope } from '../upstream/scope.js'
import { toAppName } from './app-names.js'
import { createBlank, toAppError } from './app-secrets.js'
import type { AppsReach } from './apps-options.js'
import { findRunning, type Round, toDigest, writeAndDeploy } from './deploy-app.js'
import { type AppContents, gatherApp } from './gather-facts.js'
import { maxAttempts, toRetryDelay } from './retry-delay.js'
import { watchForRemoval } from './watch-for-removal.js'

/** @param stopping fires where this process ends: then the round counts for nothing, and another takes it up */
export async function makeApp(
  services: Services,
  apps: AppsReach,
  row: AppRow,
  lease: Lease,
  stopping: AbortSignal,
): Promise<void> {
  const { db } = services
  const { tenant_id: tenantId } = row
  const revision = await beginRound(db, tenantId)
  if (revision === undefined) return
  const watch = watchForRemoval(db, tenantId)
  const signal = AbortSignal.any([lease.signal, stopping, watch.signal])
  const at: Round['at'] = { step: 'generating', blank: createBlank({}).text }
  const round: Round = { services, apps, row, revision, lease, signal, at }
  try {
    if (row.attempts >= maxAttempts)
      throw new Error('Every process that was at this app has ended in the middle of it.')
    await runRound(round)
  } catch (error) {
    // Who has lost the lease, or whose app is being removed, has nothing to say any more.
    if (lease.signal.aborted || watch.signal.aborted) return
    if (stopping.aborted) return await forgetRound(db, tenantId)
    await noteFailure(round, error)
  } finally {
    watch.stop()
  }
}

async function runRound(round: Round): Promise<void> {
  const { services, apps, row, signal } = round
  const tenantRow = await services.tenants.get(row.tenant_id)
  const tenant = toReadyTenant(tenantRow)
  if (!tenant) throw new Error('The tenant is not ready.')
  if (row.target !== apps.deployer.target) throw apps.wrongTarget(row)
  const name = toAppName(tenant.slug)
  const contents = await inScope({ tenantId: tenant.tenantId, workspaceId: tenant.workspaceId }, async () =>
    gatherApp(services, {
      tenant,
      row: tenantRow,
      name: row.name ?? undefined,
      template: apps.template ?? (await readTemplate()),
      signal,
    }),
  )
  round.at.blank = createBlank(parse(contents.env)).text
  const directory = join(apps.directory, name)
  const digest = await toDigest(contents, directory)
  const running = digest === row.digest ? await findRunning(round, name) : undefined
  if (running) return await settle(round, { ...running, digest, contents, what: 'unchanged' })
  const deployed = await writeAndDeploy(round, { name, directory, contents })
  await settle(round, { ...deployed, contents, what: 'deployed' })
}

interface Settled {
  url?: string
  deploymentId: string
  digest: string
  contents: AppContents
  what: 'deployed' | 'unchanged'
}

async function settle(round: Round, { url, deploymentId, digest, contents, what }: Settled): Promise<void> {
  const { services, row, revision, lease } = round
  const { tenant_id: tenantId } = row
  const { connectors } = contents
  await services.db.transaction(async (inside) => {
    await lease.confirm(inside)
    await settleRunning(inside, tenantId, { revision, digest, connectors, url, deploymentId })
    if (what === 'unchanged') return
    const facts = { revision, deploymentId, target: row.target }
    await addAudit(inside, { tenantId, action: 'app_deployed', facts })
    const data = { tenantId, revision, deploymentId, ...(url && { url }) }
    await addWebhookEvent(inside, { tenant_id: tenantId, type: 'app.deployed', data })
  })
  services.log.info(what === 'deployed' ? 'app deployed' : 'app is as it should be', {
    tenantId,
    revision,
    deploymentId,
  })
}

async function noteFailure({ services, row, revision, lease, at }: Round, thrown: unknown): Promise<void> {
  const { tenant_id: tenantId, attempts } = row
  const error = toAppError(thrown, at.step, at.blank)
  const retryInMs = error.retryable ? toRetryDelay(attempts + 1, Math.random()) : undefined
  const retryAt = retryInMs !== undefined && { retryAt: new Date(services.now().getTime() + retryInMs).toISOString() }
  await services.db.transaction(async (inside) => {
    await lease.confirm(inside)
    await settleFailed(inside, tenantId, { revision, error: { ...error, ...retryAt }, retryInMs })
    if (retryInMs !== undefined) return
    await addAudit(inside, { tenantId, action: 'app_failed', facts: { revision, step: error.step } })
    await addWebhookEvent(inside, { tenant_id: tenantId, type: 'app.failed', data: { tenantId, revision, error } })
  })
  const cause = thrown instanceof Error ? at.blank(`${thrown.name}: ${thrown.message}`) : 'unknown'
  services.log.warn('an app was not deployed', { tenantId, revision, ...error, retryInMs, cause })
}
