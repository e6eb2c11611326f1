// Each app keeps its port, and with it its address. Who has which is a file: other processes see it at once.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { DeployError } from '../deployer.js'

/** The port that was free; an error's code where it was not. */
const listen = (port: number, host: string): Promise<number | string> =>
  new Promise((settle) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? error.name))
    probe.listen(port, host, () => {
      const free = (probe.address() as { port: number }).port
      probe.close(() => settle(free))
    })
  })

/** On both addresses `localhost` has: a browser may try either. */
export async function isFree(port: number): Promise<boolean> {
  if (typeof (await listen(port, '127.0.0.1')) === 'string') return false
  const six = await listen(port, '::1')
  return typeof six === 'number' || six === 'EADDRNOTAVAIL' || six === 'EAFNOSUPPORT'
}

/** Any port that is free now. */
export async function anyPort(): Promise<number> {
  const port = await listen(0, '127.0.0.1')
  if (typeof port === 'string')
    throw new DeployError('starting', 'This machine has no free port.', 'Stop something.', true)
  return port
}

/** Finds a free port from `from` on, and writes down whose it is now. */
export async function reservePort(directory: string, name: string, from: number): Promise<number> {
  const folder = join(directory, 'ports')
  await mkdir(folder, { recursive: true })
  for (let port = from; port < Math.min(from + 1000, 65_536); port++) {
    if (!(await isFree(port))) continue
    const file = join(folder, String(port))
    const isOurs = await writeFile(file, name, { flag: 'wx' }).then(
      () => true,
      // Also where it was ours already, and whoever wrote so ended before it was told.
      async () => (await readFile(file, 'utf8').catch(() => undefined)) === name,
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

/** Gives back all an app has, but the one it keeps. */
export async function releasePorts(directory: string, name: string, kept?: number): Promise<void> {
  const folder = join(directory, 'ports')
  for (const port of await readdir(folder).catch(() => [])) {
    if (port === String(kept)) continue
    const file = join(folder, port)
    if ((await readFile(file, 'utf8').catch(() => undefined)) === name) await rm(file, { force: true })
  }
}
