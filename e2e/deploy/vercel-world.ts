// What a Vercel keeps: projects, their variables, files by digest, deployments and which of them people see.
import { createHash, randomBytes } from 'node:crypto'
import type * as z from 'zod'
import type { deploymentBody, EnvEntry, projectBody } from './vercel-bodies.js'

export type ReadyState = 'QUEUED' | 'BUILDING' | 'READY' | 'ERROR' | 'CANCELED'
/** How the next builds end. */
export type BuildEnd = 'READY' | 'ERROR' | 'CANCELED' | 'never'

export interface Deployment {
  id: string
  url: string
  projectId: string
  readyState: ReadyState
  readySubstate: 'STAGED' | 'PROMOTED' | undefined
  meta: Record<string, string>
  files: string[]
  /** As they were when it was made: a change afterwards is for the next one. */
  env: Record<string, string>
  end: BuildEnd
  health: number
}

export interface Project {
  id: string
  name: string
  autoAssignCustomDomains: boolean
  env: (EnvEntry & { id: string })[]
  productionId: string | undefined
  lastAliasRequest:
    { jobStatus: 'pending' | 'succeeded'; toDeploymentId: string; type: 'promote' | 'rollback' } | undefined
}

export type VercelWorld = ReturnType<typeof createVercelWorld>

export function createVercelWorld() {
  const projects = new Map<string, Project>()
  const deployments = new Map<string, Deployment>()
  const files = new Map<string, Uint8Array>()
  const coming: { end: BuildEnd; health: number; log: string; serves: boolean } = {
    ...{ end: 'READY', health: 200, log: '' },
    /** Whether a build is what people see as soon as it is ready, whatever the project's setting says. */
    serves: false,
  }
  const newId = (kind: string) => `${kind}_${randomBytes(12).toString('hex')}`
  const ofProject = (projectId: string) => [...deployments.values()].filter((one) => one.projectId === projectId)

  return {
    projects,
    deployments,
    files,
    coming,
    ofProject,
    findProject: (idOrName: string) =>
      projects.get(idOrName) ?? [...projects.values()].find(({ name }) => name === idOrName),
    keepFile: (bytes: Uint8Array, digest: string): boolean => {
      if (createHash('sha1').update(bytes).digest('hex') !== digest) return false
      files.set(digest, bytes)
      return true
    },
    createProject(body: z.infer<typeof projectBody>): Project {
      const env = (body.environmentVariables ?? []).map((entry) => ({ ...entry, id: newId('env') }))
      const project = {
        id: newId('prj'),
        name: body.name,
        autoAssignCustomDomains: true,
        env,
        productionId: undefined,
        lastAliasRequest: undefined,
      }
      projects.set(project.id, project)
      return project
    },
    writeEnv(project: Project, entries: readonly EnvEntry[]): void {
      for (const entry of entries) {
        const present = project.env.find(({ key }) => key === entry.key)
        if (present) Object.assign(present, entry)
        else project.env.push({ ...entry, id: newId('env') })
      }
    },
    removeProject(project: Project): void {
      projects.delete(project.id)
      for (const { id } of ofProject(project.id)) deployments.delete(id)
    },
    createDeployment(project: Project, body: z.infer<typeof deploymentBody>): Deployment {
      const id = newId('dpl')
      const env = Object.fromEntries(project.env.map(({ key, value }) => [key, value]))
      const { end, health } = coming
      const deployment: Deployment = {
        ...{
          id,
          url: `${project.name}-${id.slice(-9)}.vercel.app`,
          projectId: project.id,
          readyState: 'QUEUED',
          readySubstate: undefined,
        },
        ...{ meta: body.meta ?? {}, files: body.files.map(({ file }) => file), env, end, health },
      }
      deployments.set(id, deployment)
      return deployment
    },
    /** Each look at it finds it a step further. */
    goOn(deployment: Deployment): void {
      if (deployment.readyState === 'QUEUED') deployment.readyState = 'BUILDING'
      else if (deployment.readyState === 'BUILDING' && deployment.end !== 'never')
        deployment.readyState = deployment.end
      if (deployment.readyState !== 'READY' || deployment.readySubstate) return
      deployment.readySubstate = 'STAGED'
      const project = projects.get(deployment.projectId)
      if (project && (project.autoAssignCustomDomains || coming.serves)) this.serve(project, deployment)
    },
    serve(project: Project, deployment: Deployment): void {
      project.productionId = deployment.id
      deployment.readySubstate = 'PROMOTED'
    },
    /** Asked now, done by the time somebody looks again. */
    askToServe(project: Project, deployment: Deployment, type: 'promote' | 'rollback'): void {
      project.lastAliasRequest = { jobStatus: 'pending', toDeploymentId: deployment.id, type }
    },
    finishAliasRequest(project: Project): void {
      const request = project.lastAliasRequest
      const deployment = request?.jobStatus === 'pending' && deployments.get(request.toDeploymentId)
      if (!request || !deployment) return
      request.jobStatus = 'succeeded'
      this.serve(project, deployment)
    },
    /** Who answers at an address: a deployment at its own, production at the project's. */
    findServed(host: string): Deployment | undefined {
      const production = [...projects.values()].find(({ name }) => `${name}.vercel.app` === host)?.productionId
      if (production) return deployments.get(production)
      return [...deployments.values()].find(({ url, readyState }) => url === host && readyState === 'READY')
    },
  }
}
