import { resolve } from 'node:path'
import type { Command } from 'commander'
import open from 'open'
import { parseDevSettings } from '../dev/settings.js'
import { startDev } from '../dev/start-dev.js'

/** `opsai dev [app]`: everything on one machine, until Ctrl-C. */
export function addDevCommand(program: Command): void {
  program
    .command('dev')
    .description('start an app with everything it needs: database, engine, sandbox SaaS and a customer database')
    .argument('[app]', 'the app to serve: a folder with a built server', '.')
    .option('--reset', 'forget everything kept from earlier runs first')
    .action(async (app: string, options: { reset?: boolean }) => {
      const settings = parseDevSettings(process.env)
      const dev = await startDev({ app: resolve(app), settings, reset: options.reset ?? false, log: console.log })
      console.log(`ready ${dev.url}`)
      if (settings.openBrowser) await open(dev.url)
      const failure = await Promise.race([dev.failed, interrupted()])
      await dev.stop()
      if (failure) {
        console.error(`opsai: ${failure.message}`)
        process.exitCode = 1
      }
    })
}

/** Settles at the first Ctrl-C; a second one ends the process at once, as people expect. */
function interrupted(): Promise<undefined> {
  return new Promise((settle) => {
    let asked = false
    const stop = () => {
      if (asked) process.exit(130)
      asked = true
      settle(undefined)
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
  })
}
