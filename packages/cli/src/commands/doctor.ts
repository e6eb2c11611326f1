import { existsSync } from 'node:fs'
import { loadEnvFile } from 'node:process'
import type { Command } from 'commander'
import { printReport } from '../doctor/print-report.js'
import { runDoctor } from '../doctor/run-doctor.js'
import { UsageError } from '../usage-error.js'

/** `opsai doctor`: looks at a deployment and says what is wrong and what to do. Ends with 1 where something has failed. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check a deployment: Airbyte, databases, keys, addresses, webhook; every failure with its remedy')
    .option('--json', 'print it as JSON')
    .option('--env-file <file>', 'read settings from here too; .env is read where it is there')
    .action(async ({ json, envFile }: { json?: boolean; envFile?: string }) => {
      readEnvFile(envFile)
      const report = await runDoctor(process.env)
      console.log(json ? JSON.stringify(report, null, 2) : printReport(report))
      process.exitCode = report.ok ? 0 : 1
    })
}

/** What is set already stays: a file only fills in. */
function readEnvFile(file: string | undefined): void {
  if (file !== undefined && !existsSync(file)) throw new UsageError(`there is no file ${file}`)
  if (existsSync(file ?? '.env')) loadEnvFile(file ?? '.env')
}
