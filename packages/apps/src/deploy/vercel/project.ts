// A project is an app's, and says so by a variable it is made with: what was not made here is never touched.
import { DeployError } from '../deployer.js'
import type { VercelProject } from './answers.js'
import { VercelFailure } from './failure.js'
import type { Retrying } from './retrying.js'
import type { VercelApi } from './vercel-api.js'

const MARK = 'OPSAI_APP'
/** On every variable written here: those without it are somebody's own. */
const COMMENT = 'Written by OpsAI'

export const isOurs = (project: VercelProject): boolean => (project.env ?? []).some(({ key }) => key === MARK)

/** What people see, if anything. A build that is only staged is seen by nobody. */
export function productionOf(project: VercelProject): string | undefined {
  const production = project.targets?.production
  return production && production.readySubstate !== 'STAGED' ? production.id : undefined
}

/** Made, found, or made by somebody else in the very moment: it is there. */
export async function ensureProject(api: VercelApi, retrying: Retrying, name: string): Promise<VercelProject> {
  const project = await retrying(async () => (await api.findProject(name)) ?? (await createProject(api, name)))
  requireOurs(project, name)
  // A build is looked at before people are led to it (vercel.com/docs/deployments/promoting-a-deployment, staged builds).
  if (project.autoAssignCustomDomains !== false)
    await retrying(() => api.updateProject(project.id, { autoAssignCustomDomains: false }))
  return project
}

async function createProject(api: VercelApi, name: string): Promise<VercelProject> {
  const mark = { key: MARK, value: name, type: 'plain', target: ['production'] }
  try {
    return await api.createProject({ name, framework: 'nextjs', environmentVariables: [mark] })
  } catch (error) {
    if (!(error instanceof VercelFailure && error.status === 409)) throw error
    const project = await api.findProject(name)
    if (project) return project
    throw new DeployError(
      'preparing',
      `Vercel has a project ${name}, but shows none of that name to this token.`,
      'Give the token access to it, or remove or rename it in Vercel; then deploy again.',
      false,
    )
  }
}

export function requireOurs(project: VercelProject, name: string): void {
  if (isOurs(project)) return
  throw new DeployError(
    'preparing',
    `There is a project ${name} in Vercel already, which was not made here.`,
    `Rename or remove it; or, to have it taken over, give it a variable ${MARK} in Vercel.`,
    false,
  )
}

/** Gone is what is no longer found. */
export async function removeProject(api: VercelApi, retrying: Retrying, { id, name }: VercelProject): Promise<void> {
  await retrying(async () => {
    await api.deleteProject(id)
    if (await api.findProject(id))
      throw new VercelFailure(undefined, 'not_removed', `the project ${name} is there still`)
  })
}

/** Its settings become the app's, as secrets nobody can read again; what people have added in Vercel stays. */
export async function writeEnv(
  api: VercelApi,
  retrying: Retrying,
  project: VercelProject,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const target = ['production', 'preview']
  const entries = Object.entries(env).map(([key, value]) => ({
    key,
    value,
    type: 'sensitive',
    target,
    comment: COMMENT,
  }))
  const { failed } = entries.length > 0 ? await retrying(() => api.writeEnv(project.id, entries)) : { failed: [] }
  const first = failed[0]?.error
  if (first) throw new VercelFailure(400, first.code, `${first.key ?? 'a setting'}: ${first.message}`)
  const stale = (project.env ?? []).filter(({ key, comment }) => comment === COMMENT && !(key in env))
  for (const { id } of stale) if (id) await retrying(() => api.deleteEnv(project.id, id))
}
