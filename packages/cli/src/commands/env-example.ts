import { writeEnvExample } from '@opsai/server/environment'
import { type Command, Option } from 'commander'

/** `opsai env-example`: every setting with what it is for, to copy to `.env`. */
export function addEnvExampleCommand(program: Command): void {
  program
    .command('env-example')
    .description('print .env.example: every setting there is and what it is for')
    .addOption(
      new Option('--for <audience>', "kit: all settings; app: a server's own").choices(['kit', 'app']).default('kit'),
    )
    .action((options: { for: 'kit' | 'app' }) => void process.stdout.write(writeEnvExample(options.for)))
}
