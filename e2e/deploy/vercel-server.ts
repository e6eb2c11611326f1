// Vercel's REST API as it is documented, over real HTTP, by a server of ours that keeps what it is given and can fail at
// every step. vercel.com/docs/rest-api: paths, methods, bodies, codes and the form of errors are from there.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import type * as z from 'zod'
import { deploymentBody, envBody, projectBody, projectChange } from './vercel-bodies.js'
import { type Faults, toFaulty } from './vercel-faults.js'
import { createVercelWorld, type Deployment, type Project, type VercelWorld } from './vercel-world.js'

export interface VercelServer {
  url: string
  world: VercelWorld
  /** What was called, in order: `POST /v13/deployments`. */
  calls: string[]
  /** As the internet is: addresses of apps lead here too. */
  fetch: typeof globalThis.fetch
  close(): Promise<void>
}

export interface VercelServerOptions {
  token: string
  teamId?: string
  faults: Faults
}

const fail = (c: Context, status: 400 | 401 | 403 | 404 | 409 | 413, code: string, message: string) =>
  c.json({ error: { code, message } }, status)
const missing = (c: Context, what: string) => fail(c, 404, 'not_found', `Could not find the ${what}`)

export async function listenVercel(options: VercelServerOptions): Promise<VercelServer> {
  const world = createVercelWorld()
  const calls: string[] = []
  const app = createApp(world, options, calls)
  const faulty = toFaulty(app, options.faults)
  const listener = getRequestListener((request, env) =>
    faulty(request, (env as { incoming: IncomingMessage }).incoming),
  )
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    world,
    calls,
    fetch: (input, init) => {
      const to = new URL(input instanceof Request ? input.url : input)
      if (!to.hostname.endsWith('.vercel.app')) return fetch(input, init)
      return fetch(`${url}/~served/${to.hostname}${to.pathname}`, init)
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function createApp(world: VercelWorld, { token, teamId }: VercelServerOptions, calls: string[]): Hono {
  const app = new Hono()
  app.get('/~served/:host/:path{.*}', (c) => {
    const deployment = world.findServed(c.req.param('host'))
    if (!deployment) return c.text('DEPLOYMENT_NOT_FOUND', 404)
    return c.json(
      { id: deployment.id, env: deployment.env },
      c.req.param('path') === 'health' ? (deployment.health as 200) : 200,
    )
  })
  app.use(async (c, next) => {
    calls.push(`${c.req.method} ${c.req.path}`)
    if (c.req.header('authorization') !== `Bearer ${token}`)
      return c.json({ error: { code: 'forbidden', message: 'Not authorized', invalidToken: true } }, 403)
    if (c.req.query('teamId') !== teamId)
      return fail(c, 403, 'forbidden', 'Not authorized: the token is for another team')
    return await next()
  })

  app.get('/v9/projects/:id', (c) => {
    const project = world.findProject(c.req.param('id'))
    if (!project) return missing(c, 'Project')
    const answer = c.json(toProject(world, project))
    world.finishAliasRequest(project)
    return answer
  })
  app.post('/v11/projects', async (c) => {
    const body = await parse(c, projectBody)
    if (body instanceof Response) return body
    if (world.findProject(body.name))
      return fail(c, 409, 'conflict', `A project with the name ${body.name} already exists`)
    return c.json(toProject(world, world.createProject(body)))
  })
  app.patch('/v9/projects/:id', async (c) => {
    const body = await parse(c, projectChange)
    if (body instanceof Response) return body
    const project = world.findProject(c.req.param('id'))
    return project ? c.json(toProject(world, Object.assign(project, body))) : missing(c, 'Project')
  })
  app.delete('/v9/projects/:id', (c) => {
    const project = world.findProject(c.req.param('id'))
    if (!project) return missing(c, 'Project')
    world.removeProject(project)
    return c.body(null, 204)
  })
  app.post('/v10/projects/:id/env', async (c) => {
    const body = await parse(c, envBody)
    if (body instanceof Response) return body
    const project = world.findProject(c.req.param('id'))
    if (!project) return missing(c, 'Project')
    const isThere = project.env.some(({ key }) => body.some((entry) => entry.key === key))
    if (isThere && c.req.query('upsert') !== 'true') return fail(c, 400, 'ENV_CONFLICT', 'It is there already')
    world.writeEnv(project, body)
    return c.json({ created: body.map(({ value: _, ...entry }) => entry), failed: [] }, 201)
  })
  app.delete('/v9/projects/:id/env/:env', (c) => {
    const project = world.findProject(c.req.param('id'))
    if (!project?.env.some(({ id }) => id === c.req.param('env'))) return missing(c, 'Environment Variable')
    project.env = project.env.filter(({ id }) => id !== c.req.param('env'))
    return c.json([])
  })
  app.post('/v2/files', async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.length > 10_000_000) return fail(c, 413, 'file_too_large', 'The file is too large')
    const isWhole = world.keepFile(bytes, c.req.header('x-vercel-digest') ?? '')
    return isWhole ? c.json([]) : fail(c, 400, 'bad_request', 'The digest is not that of the content')
  })
  app.get('/v6/deployments', (c) => {
    const found = world.ofProject(c.req.query('projectId') ?? '').reverse()
    return c.json({
      pagination: { count: found.length, next: null, prev: null },
      deployments: found
        .slice(0, Number(c.req.query('limit') ?? 20))
        .map(({ id, url, readyState, readySubstate, meta }) => {
          return { uid: id, url, state: readyState, readyState, readySubstate, meta }
        }),
    })
  })
  app.post('/v13/deployments', async (c) => {
    const body = await parse(c, deploymentBody)
    if (body instanceof Response) return body
    const project = world.findProject(body.project)
    if (!project) return missing(c, 'Project')
    const lost = body.files.filter(({ sha, size }) => world.files.get(sha)?.length !== size)
    if (lost.length > 0)
      return c.json(
        { error: { code: 'missing_files', message: 'Missing files', missing: lost.map(({ sha }) => sha) } },
        400,
      )
    return c.json(toDeployment(world.createDeployment(project, body)))
  })
  app.get('/v13/deployments/:id', (c) => {
    const deployment = world.deployments.get(c.req.param('id'))
    if (!deployment) return missing(c, 'Deployment')
    world.goOn(deployment)
    return c.json(toDeployment(deployment))
  })
  app.patch('/v12/deployments/:id/cancel', (c) => {
    const deployment = world.deployments.get(c.req.param('id'))
    if (!deployment) return missing(c, 'Deployment')
    if (!['QUEUED', 'BUILDING'].includes(deployment.readyState))
      return fail(c, 400, 'bad_request', 'It can no longer be cancelled')
    deployment.readyState = 'CANCELED'
    return c.json(toDeployment(deployment))
  })
  app.get('/v3/deployments/:id/events', (c) => {
    if (!world.deployments.has(c.req.param('id'))) return missing(c, 'Deployment')
    return c.json(
      world.coming.log.split('\n').map((text) => ({ type: 'stdout', created: Date.now(), payload: { text } })),
    )
  })
  for (const [path, type] of [
    ['/v10/projects/:id/promote/:deployment', 'promote'],
    ['/v1/projects/:id/rollback/:deployment', 'rollback'],
  ] as const)
    app.post(path, (c) => {
      const project = world.findProject(c.req.param('id'))
      const deployment = world.deployments.get(c.req.param('deployment'))
      if (!project || deployment?.projectId !== project.id) return missing(c, 'Deployment')
      if (deployment.readyState !== 'READY') return fail(c, 409, 'conflict', 'The deployment is not ready')
      if (project.productionId === deployment.id)
        return fail(c, 409, 'conflict', 'It is the current production deployment')
      world.askToServe(project, deployment, type)
      return c.body(null, 201)
    })
  return app
}

async function parse<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.infer<Schema> | Response> {
  const parsed = schema.safeParse(await c.req.json().catch(() => undefined))
  if (parsed.success) return parsed.data
  const first = parsed.error.issues[0]
  return fail(c, 400, 'bad_request', `Invalid request: ${first?.path.join('.')} ${first?.message}`)
}

const toDeployment = ({ id, url, readyState, readySubstate, meta }: Deployment) => ({
  ...{ id, url, readyState, readySubstate, meta, alias: [] },
  ...(readyState === 'ERROR' && { errorCode: 'BUILD_FAILED', errorMessage: 'Command "npm run build" exited with 1' }),
})

/** Values of sensitive variables are never told. */
function toProject(world: VercelWorld, project: Project) {
  const { id, name, autoAssignCustomDomains, productionId, lastAliasRequest } = project
  const production = productionId && world.deployments.get(productionId)
  return {
    ...{ id, name, autoAssignCustomDomains, ...(lastAliasRequest && { lastAliasRequest: { ...lastAliasRequest } }) },
    env: project.env.map(({ value, type, ...entry }) => ({ ...entry, type, ...(type === 'plain' && { value }) })),
    targets: production
      ? { production: { ...toDeployment(production), alias: [`${name}-team.vercel.app`, `${name}.vercel.app`] } }
      : {},
    latestDeployments: world.ofProject(id).map(toDeployment),
  }
}
