import { readFile, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { DeployError } from '../deployer.js'

/**
 * A script of an app's package.json as what Node is to run. No shell and no npm in between: what is started is what is
 * stopped.
 *
 * @throws DeployError where it is more than one plain command
 */
export async function toNodeCommand(folder: string, script: 'build' | 'start'): Promise<string[]> {
  const step = script === 'build' ? 'building' : 'starting'
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    scripts?: Record<string, string>
  }
  const line = manifest.scripts?.[script]?.trim()
  if (!line) throw new DeployError(step, `The app's package.json has no "${script}" script.`, 'Add it.', false)
  const [command = '', ...args] = line.split(/\s+/)
  if (/[&|;<>$`"'\\*?(){}=]/.test(line) || command.includes('/'))
    throw new DeployError(
      step,
      `The app's "${script}" script is more than one plain command: ${line}`,
      'Put what it does into a file, and let the script be `node that-file.mjs`.',
      false,
    )
  if (command === 'node') return args
  const bin = await realpath(join(folder, 'node_modules/.bin', command)).catch(() => undefined)
  if (bin) return [bin, ...args]
  throw new DeployError(
    step,
    `The app's "${script}" script runs ${command}, which none of its packages brings.`,
    `Add the package to the app's dependencies, and commit its package-lock.json.`,
    false,
  )
}
