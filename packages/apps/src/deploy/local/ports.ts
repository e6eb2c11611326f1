// Each app keeps its port, and with it its address. Who has which is a file: other processes see it at once.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DeployError } from '../deployer.js'

const listen = (port: number): Promise<number | undefined> =>
  new Promise((settle) => {
    const probe = createServer()
    probe.once('error', () => settle(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const taken = (probe.address() as { port: number }).port
      probe.close(() => settle(taken))
    })
  })

export const isFree = async (port: number): Promise<boolean> => (await listen(port)) !== undefined

/** Any port that is free now. */
export async function anyPort(): Promise<number> {
  const port = await listen(0)
  if (port === undefined) throw new DeployError('starting', 'This machine has no free port.', 'Stop something.', true)
  return port
}

/** Finds a free port from `from` on, and writes down whose it is now. */
export async function reservePort(directory: string, name: string, from: number): Promise<number> {
  const folder = join(directory, 'ports')
  await mkdir(folder, { recursive: true })
  for (let port = from; port < Math.min(from + 1000, 65_536); port++) {
    if (!(await isFree(port))) continue
    const isOurs = await writeFile(join(folder, String(port)), name, { flag: 'wx' }).then(
      () => true,
      () => false,
    )
    if (isOurs) return port
  }
  throw new DeployError(
    'starting',
    `No port from ${from} on is free.`,
    'Remove apps that are no longer needed, or choose another `portFrom`.',
    false,
  )
}

export async function releasePort(directory: string, name: string, port: number): Promise<void> {
  const file = join(directory, 'ports', String(port))
  if ((await readFile(file, 'utf8').catch(() => undefined)) === name) await rm(file, { force: true })
}
