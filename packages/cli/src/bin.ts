#!/usr/bin/env node
import { LocalPostgresError } from '@opsai/local-postgres'
import { Command } from 'commander'
import { addCreateCommand } from './commands/create.js'
import { addDevCommand } from './commands/dev.js'
import { addDoctorCommand } from './commands/doctor.js'
import { addEnvExampleCommand } from './commands/env-example.js'
import { addTenantCommands } from './commands/tenants.js'
import { UsageError } from './usage-error.js'

const program = new Command('opsai').description("OpsAI's Airbyte kit").version('0.1.0')
addDevCommand(program)
addCreateCommand(program)
addTenantCommands(program)
addEnvExampleCommand(program)
addDoctorCommand(program)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof UsageError || error instanceof LocalPostgresError)) throw error
  console.error(`opsai: ${error.message}`)
  process.exitCode = 1
}
