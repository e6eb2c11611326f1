import { createInterface } from 'node:readline/promises'
import { routes, type TenantSummary } from '@opsai/contract'
import { type Command, Option } from 'commander'
import { UsageError } from '../usage-error.js'
import { callHostDoor } from './host-door.js'
import { printTable } from './print-table.js'

/** `opsai provision`, `opsai env`, and `opsai tenants list | show | rotate | remove`. */
export function addTenantCommands(program: Command): void {
  program
    .command('provision')
    .description("make a tenant's workspace, schema, roles, files and Redis user, or make sure they are there")
    .argument('<tenant>')
    .action(async (tenantId: string) => printJson(await callHostDoor(routes.putTenant, { params: { tenantId } })))
  program
    .command('env')
    .description("print the .env of a tenant's app")
    .argument('<tenant>')
    .addOption(
      new Option('--format <format>', 'dotenv: for dotenv and bash; docker: for docker run --env-file')
        .choices(['dotenv', 'docker'])
        .default('dotenv'),
    )
    .action(async (tenantId: string, { format }: { format: string }) =>
      console.log((await callHostDoor(routes.getTenantEnv, { params: { tenantId }, query: { format } })).trimEnd()),
    )
  const tenants = program.command('tenants').description('look after the tenants of a running proxy')
  tenants.command('list').description('all tenants and how they stand').option('--json', 'as JSON').action(list)
  tenants
    .command('show')
    .description('what there really is of a tenant, looked at where it is')
    .argument('<tenant>')
    .option('--json', 'as JSON')
    .action(show)
  tenants
    .command('rotate')
    .description("change a tenant's passwords and keys: what was handed out before opens nothing any more")
    .argument('<tenant>')
    .action(async (tenantId: string) => {
      await callHostDoor(routes.rotateTenant, { params: { tenantId } })
      console.log(`${tenantId} has new passwords. Give its app the new ones: opsai env ${tenantId}`)
    })
  tenants
    .command('remove')
    .description('delete a tenant with its workspace, rows and files')
    .argument('<tenant>')
    .option('--yes', 'do not ask')
    .action(remove)
}

async function list({ json }: { json?: true }): Promise<void> {
  const all: TenantSummary[] = []
  let cursor: string | undefined
  do {
    const page = await callHostDoor(routes.listTenants, {
      params: {},
      query: { limit: '200', ...(cursor && { cursor }) },
    })
    all.push(...page.tenants)
    cursor = page.nextCursor
  } while (cursor)
  if (json) return printJson(all)
  const rows = all.map(({ tenantId, status, schema, createdAt, rotatedAt }) => [
    tenantId,
    status,
    schema,
    createdAt.slice(0, 10),
    rotatedAt?.slice(0, 10) ?? '–',
  ])
  console.log(printTable(['TENANT', 'STATUS', 'SCHEMA', 'MADE', 'ROTATED'], rows))
}

async function show(tenantId: string, { json }: { json?: true }): Promise<void> {
  const tenant = await callHostDoor(routes.getTenant, { params: { tenantId }, query: { inspect: 'true' } })
  if (json) return printJson(tenant)
  const { parts = [], ...facts } = tenant
  for (const [name, value] of Object.entries(facts)) console.log(`${name.padEnd(14)}${value}`)
  console.log(
    `\n${printTable(
      ['PART', 'STATE', ''],
      parts.map(({ part, state, what }) => [part, state, what ?? '']),
    )}`,
  )
  if (parts.some(({ state }) => state !== 'present')) process.exitCode = 1
}

async function remove(tenantId: string, { yes }: { yes?: true }): Promise<void> {
  if (!yes) await confirm(tenantId)
  await callHostDoor(routes.deleteTenant, { params: { tenantId } })
  console.log(`${tenantId} is removed: its workspace, rows, files, logins and sessions.`)
}

/** Typed, as what goes can't be had back. @throws UsageError where it is not, or where there is nobody to type it */
async function confirm(tenantId: string): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError("this deletes all that is the tenant's: say so with --yes")
  const prompt = createInterface({ input: process.stdin, output: process.stdout })
  const typed = await prompt.question(`Rows, files and syncs of ${tenantId} will be gone. Type its id to go on: `)
  prompt.close()
  if (typed.trim() !== tenantId) throw new UsageError('nothing was removed')
}

const printJson = (value: unknown) => console.log(JSON.stringify(value, null, 2))
