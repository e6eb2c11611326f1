// After a deployment that failed: what people saw before is what they see, and a project that never showed anything is gone.
import type { VercelProject } from './answers.js'
import { FINGERPRINT } from './deployment.js'
import { isOurs, productionOf, removeProject } from './project.js'
import type { Retrying } from './retrying.js'
import type { VercelApi } from './vercel-api.js'

export interface Failed {
  name: string
  /** The project, where it came to one. */
  projectId: string | undefined
  /** What was seen before it began. */
  former: string | undefined
  /** The deployment that failed, where it came to one, and what it is known by where its answer was lost. */
  deploymentId: string | undefined
  fingerprint: string | undefined
}

const isUnderWay = ['INITIALIZING', 'QUEUED', 'BUILDING', 'READY']

/** What is to be done, given how the project is now. */
export function planCleanUp(project: VercelProject | undefined, failed: Failed): 'nothing' | 'roll back' | 'remove' {
  if (!project || !isOurs(project)) return 'nothing'
  const production = productionOf(project)
  if (production === undefined) {
    // Another deployment of the same app is on its way: it is that one's now.
    return (project.latestDeployments ?? []).some(
      (one) => isUnderWay.includes(one.readyState ?? '') && !isOf(failed, one),
    )
      ? 'nothing'
      : 'remove'
  }
  return failed.former !== undefined && production === failed.deploymentId && production !== failed.former
    ? 'roll back'
    : 'nothing'
}

const isOf = (
  { deploymentId, fingerprint }: Failed,
  one: { id: string; meta?: Record<string, string> | null | undefined },
) => one.id === deploymentId || (fingerprint !== undefined && one.meta?.[FINGERPRINT] === fingerprint)

/** @returns what could not be done, as a sentence for the error; never throws */
export async function cleanUp(api: VercelApi, retrying: Retrying, failed: Failed): Promise<string | undefined> {
  try {
    const { former } = failed
    for (const id of await findBuilds(api, retrying, failed)) await api.cancelDeployment(id).catch(() => undefined)
    const project = await retrying(() => api.findProject(failed.name))
    const plan = planCleanUp(project, failed)
    if (!project && failed.projectId) return toLeft(failed)
    if (project && plan === 'remove') await removeProject(api, retrying, project)
    if (project && former && plan === 'roll back') await retrying(() => api.rollBack(project.id, former))
    return undefined
  } catch {
    return toLeft(failed)
  }
}

/** The build that failed or was called off: by its mark, where whoever asked for it was gone before its id was told. */
async function findBuilds(api: VercelApi, retrying: Retrying, failed: Failed): Promise<string[]> {
  const { deploymentId, projectId, fingerprint } = failed
  if (deploymentId) return [deploymentId]
  if (!projectId || !fingerprint) return []
  // What can't be looked up goes on unseen: that is no reason to leave the rest as it is.
  const { deployments } = await retrying(() => api.listDeployments(projectId)).catch(() => ({ deployments: [] }))
  return deployments
    .filter((one) => one.meta?.[FINGERPRINT] === fingerprint && isUnderWay.includes(one.readyState ?? one.state ?? ''))
    .map(({ uid }) => uid)
}

const toLeft = ({ name }: Failed) =>
  `What may have been begun in Vercel (project ${name}) could not be cleared away: the next deployment goes on with it.`
