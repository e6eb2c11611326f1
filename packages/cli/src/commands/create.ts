import type { Command } from 'commander'
import { createApp, type CreatedApp } from '../create/create-app.js'

/** `opsai create <dir> --tenant <id>`: a tenant's own app, or what has changed of it. */
export function addCreateCommand(program: Command): void {
  program
    .command('create')
    .description("make a tenant's own Next.js app from what is connected, or bring the one that is there up to date")
    .argument('<dir>', 'a new folder, or one with the app in it')
    .requiredOption('--tenant <id>', 'the tenant')
    .option('--name <name>', 'what the app is called; the tenant by default')
    .action(async (directory: string, { tenant, name }: { tenant: string; name?: string }) => {
      const created = await createApp({ directory, tenantId: tenant, name })
      console.log(describe(directory, created))
    })
}

const headings: Readonly<Record<CreatedApp['state'], string>> = {
  created: 'made',
  updated: 'brought up to date',
  unchanged: 'as it was',
}

function describe(directory: string, { state, streams, written, removed, kept, unasked }: CreatedApp): string {
  const lines = [`${directory} ${headings[state]}: ${streams} ${streams === 1 ? 'stream' : 'streams'}`]
  if (state === 'updated')
    lines.push(...written.map((path) => `  wrote   ${path}`), ...removed.map((path) => `  removed ${path}`))
  lines.push(...kept.map(({ path, to }) => `  ${path} had been edited: it is kept as ${to}`))
  lines.push(
    ...unasked.map((name) => `  ${name} could not be asked for its fields; make the app again after its first sync`),
  )
  if (state === 'created') lines.push('', `  cd ${directory}`, '  npm ci', '  npm run dev')
  return lines.join('\n')
}
