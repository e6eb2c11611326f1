// Tenants' apps, each made by one process at a time, over any number of them, and taken up by another where that dies.
import type { App } from '@opsai/contract'
import { notFound, ProblemError } from '../http/problem.js'
import type { Services } from '../services.js'
import { addAudit } from '../store/audit.js'
import {
  appLease,
  type AppRow,
  askForApp,
  beginRemoval,
  findApp,
  findDueApp,
  listDueApps,
  setAppsTarget,
  wantAllApps,
} from '../store/apps.js'
import { type Lease, withLease } from '../store/leases.js'
import { inScope } from '../upstream/scope.js'
import type { AppsOptions, AppsReach } from './apps-options.js'
import { isDeployError } from './app-secrets.js'
import { makeApp } from './make-app.js'
import { takeAway } from './take-away.js'
import { toApp } from './to-app.js'
import { wantStoppedApps } from './want-stopped-apps.js'

export interface Apps {
  /** @throws ProblemError `config_error` where this proxy makes none, `conflict` where it is being removed */
  ask(tenantId: string, name: string | undefined): Promise<App>
  /** @throws ProblemError `not_found` */
  get(tenantId: string): Promise<App>
  /** Takes it away, now; there being none is no error. @throws ProblemError where that has to wait */
  remove(tenantId: string, signal: AbortSignal): Promise<void>
  /** Ends rounds of this process; others take them up. */
  stop(): void
  close(): Promise<void>
}

const LOOK_EVERY_MS = 1_000
/** Also how soon an app that dies again and again is started again. */
const LOOK_FOR_STOPPED_EVERY_MS = 5_000
/** Builds are heavy; a round more waits its turn, here or in another process. */
const AT_ONCE = 2
/** A lease somebody else has got meanwhile is not waited for. */
const LEASE_WITHIN_MS = 2_000

const wrongTarget = (target: string) => (row: AppRow) =>
  new ProblemError('conflict', {
    detail: `The tenant's app is deployed to ${row.target}, and this proxy deploys to ${target}.`,
    remedy: `Set OPSAI_APPS_TARGET=${row.target} again and delete the app there, or keep it so.`,
  })

const notSetUp = () =>
  new ProblemError('config_error', {
    detail: "This proxy makes no apps: set OPSAI_APPS_TARGET and OPSAI_APPS_DIR, or createServer's option apps.",
    expected: true,
  })

/** Where a proxy makes none it may still not lose any. */
const createNoApps = ({ db }: Pick<Services, 'db'>): Apps => ({
  ask: () => Promise.reject(notSetUp()),
  get: () => Promise.reject(notSetUp()),
  remove: async (tenantId) => {
    const row = await findApp(db, tenantId)
    if (row) throw wrongTarget('nowhere')(row)
  },
  stop: () => {},
  close: () => Promise.resolve(),
})

/** Starts making apps, where that is set up. */
export async function startApps(services: Services, options: AppsOptions | undefined): Promise<Apps> {
  const { db, inBackground, log } = services
  const isFresh = await setAppsTarget(db, options && (options.quietMs ?? 5_000))
  if (!options) return createNoApps(services)
  const { deployer } = options
  const reach: AppsReach = { ...options, wrongTarget: wrongTarget(deployer.target) }
  // Changes nobody noted meanwhile; and what ran as a process of this machine may run no more.
  if (isFresh || deployer.target === 'local') await wantAllApps(db, deployer.target)
  const stopping = new AbortController()
  const busy = new Set<string>()

  const seeTo = async (tenantId: string) => {
    const waiting = new AbortController()
    const timer = setTimeout(() => waiting.abort(new Error('Somebody else is at it.')), LEASE_WITHIN_MS)
    const alone = async (lease: Lease) => {
      clearTimeout(timer)
      const row = await findDueApp(db, tenantId)
      if (row?.status === 'removing')
        await takeAway(services, reach, row, lease, AbortSignal.any([lease.signal, stopping.signal]))
      else if (row) await makeApp(services, reach, row, lease, stopping.signal)
    }
    await inScope({ tenantId }, () => withLease(db, appLease(tenantId), waiting.signal, alone))
      .catch((error: unknown) => {
        if (!waiting.signal.aborted && !stopping.signal.aborted)
          log.warn('an app is still to be seen to', { tenantId, error })
      })
      .finally(() => clearTimeout(timer))
  }
  const look = async () => {
    if (stopping.signal.aborted || busy.size >= AT_ONCE) return
    for (const { tenant_id: tenantId } of await listDueApps(db, AT_ONCE * 4)) {
      if (busy.has(tenantId) || busy.size >= AT_ONCE || stopping.signal.aborted) continue
      busy.add(tenantId)
      inBackground('make an app', () => seeTo(tenantId).finally(() => busy.delete(tenantId)))
    }
  }
  const lookSoon = () => inBackground('look for apps to make', look)
  const timers = [
    setInterval(lookSoon, LOOK_EVERY_MS),
    setInterval(
      () => inBackground('look for apps that stopped', () => wantStoppedApps(services, options)),
      LOOK_FOR_STOPPED_EVERY_MS,
    ),
  ]
  for (const timer of timers) timer.unref()

  return {
    ask: async (tenantId, name) => {
      const row = await db.transaction(async (inside) => {
        const asked = await askForApp(inside, { tenantId, name, target: deployer.target })
        if (asked) await addAudit(inside, { tenantId, action: 'app_requested', facts: { revision: asked.wanted } })
        return asked
      })
      if (!row) throw beingRemoved()
      lookSoon()
      return toApp(row)
    },
    get: async (tenantId) => {
      const row = await findApp(db, tenantId)
      if (!row) throw notFound()
      return toApp(row)
    },
    remove: async (tenantId, signal) => {
      const present = await findApp(db, tenantId)
      if (present && present.target !== deployer.target) throw reach.wrongTarget(present)
      if (!(await beginRemoval(db, tenantId))) return
      await withLease(db, appLease(tenantId), signal, async (lease) => {
        const row = await findApp(db, tenantId)
        if (row?.status === 'removing') await takeAway(services, reach, row, lease, lease.signal).catch(throwProblem)
      })
    },
    stop: () => {
      for (const timer of timers) clearInterval(timer)
      stopping.abort(new Error('This process is stopping.'))
    },
    close: () => deployer.close(),
  }
}

function throwProblem(error: unknown): never {
  if (!isDeployError(error)) throw error
  throw new ProblemError('upstream_unavailable', {
    detail: `The app could not be taken away: ${error.message} ${error.remedy} It is tried again by itself.`,
    cause: error,
  })
}

const beingRemoved = () =>
  new ProblemError('conflict', {
    detail: "The tenant's app is being removed. Ask again in a moment.",
    headers: { 'retry-after': '5' },
    retryable: true,
  })
