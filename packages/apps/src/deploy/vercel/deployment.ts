// A deployment: made once, waited for, looked at, then what people see.
import { setTimeout as sleep } from 'node:timers/promises'
import { blankSecrets, lastLines, withoutColours } from '../blank-secrets.js'
import { type AppToDeploy, DeployError } from '../deployer.js'
import { within } from '../within.js'
import type { VercelDeployment, VercelProject } from './answers.js'
import { VercelFailure } from './failure.js'
import type { UploadedFile } from './read-files.js'
import type { Retrying } from './retrying.js'
import type { VercelApi } from './vercel-api.js'

export interface Work {
  api: VercelApi
  retrying: Retrying
  signal: AbortSignal
  pollMs: number
}

/** The key it stands under in what Vercel keeps with a deployment. */
export const FINGERPRINT = 'opsaiFingerprint'
const goesOn = ['INITIALIZING', 'QUEUED', 'BUILDING', 'READY']

/** The deployment of exactly this, made only where there is none: also one that was cut off is gone on with. */
export async function ensureDeployment(
  { api, retrying }: Work,
  project: VercelProject,
  files: readonly UploadedFile[],
  fingerprint: string,
): Promise<string> {
  return await retrying(async () => {
    const { deployments } = await api.listDeployments(project.id)
    const found = deployments.find(
      (one) => one.meta?.[FINGERPRINT] === fingerprint && goesOn.includes(one.readyState ?? one.state ?? ''),
    )
    if (found) return found.uid
    const made = await api.createDeployment({
      name: project.name,
      project: project.id,
      target: 'production',
      files: files.map(({ file, sha, size }) => ({ file, sha, size })),
      projectSettings: {
        framework: 'nextjs',
        installCommand: 'npm ci --ignore-scripts',
        buildCommand: 'npm run build',
      },
      meta: { [FINGERPRINT]: fingerprint },
    })
    return made.id
  })
}

/** @throws DeployError where the build fails, with what it said last, or takes too long */
export async function waitUntilBuilt(
  work: Work,
  deploymentId: string,
  app: AppToDeploy,
  timeoutMs: number,
): Promise<VercelDeployment> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const deployment = await work.retrying(() => work.api.getDeployment(deploymentId))
    if (deployment.readyState === 'READY') return deployment
    if (!goesOn.includes(deployment.readyState)) throw await toBuildError(work, deployment, app)
    if (Date.now() > deadline)
      throw new DeployError(
        'building',
        `Vercel had not built the app within ${timeoutMs / 1000} s.`,
        'See in Vercel what it waits for, and deploy again.',
        true,
      )
    await pause(work.pollMs, work.signal)
  }
}

async function toBuildError(
  { api, retrying }: Work,
  deployment: VercelDeployment,
  app: AppToDeploy,
): Promise<DeployError> {
  const events = await retrying(() => api.listEvents(deployment.id)).catch(() => [])
  const printed = events.map((event) => event.payload?.text ?? event.text ?? '').join('\n')
  const lines = lastLines(blankSecrets(withoutColours(printed), app.env))
  const why = blankSecrets(deployment.errorMessage ?? deployment.errorCode ?? '', app.env)
  const was = deployment.readyState === 'CANCELED' ? 'was cancelled in Vercel' : 'failed in Vercel'
  const said = [why, lines].filter(Boolean).join('\n')
  return new DeployError(
    'building',
    `The build ${was}${said ? `:\n${said}` : '.'}`,
    'Mend what it says, see it through with `npm run build` in the app, and deploy again.',
    deployment.readyState === 'CANCELED',
  )
}

export interface HealthCheck {
  fetch: typeof globalThis.fetch
  path: string
  timeoutMs: number
}

/** Whether the new build can work, before anybody is led to it. Where Vercel guards it, that can't be asked. */
export async function checkHealth(
  work: Work,
  deployment: VercelDeployment,
  check: HealthCheck,
): Promise<'healthy' | 'guarded'> {
  const deadline = Date.now() + check.timeoutMs
  let last = 'did not answer'
  for (;;) {
    const status = await ask(`https://${deployment.url}${check.path}`, check.fetch, work.signal)
    if (status !== undefined && status >= 200 && status < 300) return 'healthy'
    // Deployment protection asks visitors to sign in at Vercel: by a redirect, or with 401.
    if (status === 401 || (status !== undefined && status >= 300 && status < 400)) return 'guarded'
    if (status !== undefined) last = `answered ${status}`
    if (Date.now() > deadline)
      throw new DeployError(
        'checking',
        `The new build ${last} at ${check.path} within ${check.timeoutMs / 1000} s.`,
        'Often its database can’t be reached from Vercel: see that it takes connections from outside, and deploy again.',
        true,
      )
    await pause(Math.min(work.pollMs, 1_000), work.signal)
  }
}

async function ask(url: string, fetch: typeof globalThis.fetch, signal: AbortSignal): Promise<number | undefined> {
  signal.throwIfAborted()
  const asking = within(10_000, signal, async (ending) => {
    const answer = await fetch(url, { redirect: 'manual', signal: ending })
    await answer.body?.cancel().catch(() => {})
    return answer.status
  })
  const status = await asking.catch(() => undefined)
  signal.throwIfAborted()
  return status
}

/** Where a deployment stands on its way to being what people see. */
export function toPromotion(
  project: VercelProject,
  deploymentId: string,
): 'done' | 'under way' | 'failed' | 'not begun' {
  const production = project.targets?.production
  const isServed = production?.id === deploymentId && production.readySubstate !== 'STAGED'
  const request =
    project.lastAliasRequest?.toDeploymentId === deploymentId ? project.lastAliasRequest.jobStatus : undefined
  if (request === 'failed') return 'failed'
  if (request === 'pending' || request === 'in-progress') return 'under way'
  return isServed ? 'done' : 'not begun'
}

/** Leads people to it. Asked again only where Vercel does not know of it. */
export async function promote(
  work: Work,
  project: VercelProject,
  deploymentId: string,
  timeoutMs: number,
): Promise<VercelProject> {
  let deadline: number | undefined
  let isAsked = false
  for (;;) {
    const now = await work.retrying(async () => {
      const found = await findProject(work, project)
      if (isAsked || ['under way', 'done'].includes(toPromotion(found, deploymentId))) return found
      await work.api.promote(project.id, deploymentId).catch(unlessConflict)
      isAsked = true
      return await findProject(work, project)
    })
    const promotion = toPromotion(now, deploymentId)
    if (promotion === 'done') return now
    if (promotion === 'failed')
      throw new DeployError(
        'promoting',
        'Vercel could not lead its domains to the new build.',
        'See the domains of the project in Vercel, and deploy again.',
        true,
      )
    deadline ??= Date.now() + timeoutMs
    if (Date.now() > deadline)
      throw new DeployError(
        'promoting',
        `Vercel had not led its domains to the new build within ${timeoutMs / 1000} s.`,
        'Deploy again: it goes on where it was.',
        true,
      )
    await pause(work.pollMs, work.signal)
  }
}

async function findProject({ api }: Work, { id, name }: VercelProject): Promise<VercelProject> {
  const project = await api.findProject(id)
  if (project) return project
  throw new VercelFailure(404, 'not_found', `the project ${name} is gone`)
}

/** It is being promoted, or has been: what the project says next tells. */
function unlessConflict(error: unknown): void {
  if (!(error instanceof VercelFailure && error.status === 409)) throw error
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted())
}
