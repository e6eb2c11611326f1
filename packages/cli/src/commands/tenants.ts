// The host's door of a running proxy, from a shell: what a platform's scripts need.
import { Problem, routes, toPath } from '@opsai/contract'
import type { Command } from 'commander'
import * as z from 'zod'
import { UsageError } from '../usage-error.js'

const Settings = z.object({
  OPSAI_PROXY_URL: z.url().default('http://localhost:4400/api/airbyte'),
  OPSAI_HOST_KEY: z.string({ error: 'is not set: it is the key the proxy was started with' }).min(32, 'is too short'),
})

/** `opsai provision <tenant>` and `opsai env <tenant>`. */
export function addTenantCommands(program: Command): void {
  program
    .command('provision')
    .description("make a tenant's workspace, schema and roles, or make sure they are there")
    .argument('<tenant>')
    .action(async (tenantId: string) => console.log(await callHostDoor(routes.putTenant, tenantId)))
  program
    .command('env')
    .description("print the .env of a tenant's app")
    .argument('<tenant>')
    .action(async (tenantId: string) => console.log(await callHostDoor(routes.getTenantEnv, tenantId)))
}

type TenantRoute = typeof routes.putTenant | typeof routes.getTenantEnv

async function callHostDoor(route: TenantRoute, tenantId: string) {
  const settings = Settings.safeParse(process.env)
  if (!settings.success) {
    throw new UsageError(settings.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '))
  }
  const { OPSAI_PROXY_URL: base, OPSAI_HOST_KEY: key } = settings.data
  const request = new Request(base + toPath(route.path, { tenantId }), {
    method: route.method,
    headers: { authorization: `Bearer ${key}` },
  })
  const answer = await fetch(request).catch(() => {
    throw new UsageError(`nothing answers at ${base}. Is the proxy running? OPSAI_PROXY_URL says where it is.`)
  })
  const body = await answer.text()
  if (answer.ok) return body.trimEnd()
  const problem = Problem.safeParse(JSON.parse(body))
  throw new UsageError(problem.success ? problem.data.detail : `${base} answered ${answer.status}`)
}
