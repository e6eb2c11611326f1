import { spawn } from 'node:child_process'
import { chown, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { LocalPostgresError } from './local-postgres-error.js'
import { runAs } from './run-as.js'
import type { RunUser } from './run-user.js'
import { initArguments } from './server-arguments.js'

export interface InitCluster {
  initdb: string
  cluster: string
  password: string
  durable: boolean
  user: RunUser | undefined
}

/**
 * Makes a new cluster under another name and renames it: a killed initdb leaves nothing that looks like
 * data.
 */
export async function initCluster({ initdb, cluster, password, durable, user }: InitCluster): Promise<void> {
  const draft = `${cluster}.new`
  const passwordFile = `${cluster}.pwfile`
  await rm(draft, { recursive: true, force: true })
  await rm(passwordFile, { force: true })
  await mkdir(draft, { mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600, flag: 'wx' })
  if (user) await Promise.all([draft, passwordFile].map((path) => chown(path, user.uid, user.gid)))
  try {
    await runToEnd(initdb, initArguments({ dataDirectory: draft, passwordFile, durable }), user, draft)
  } finally {
    await rm(passwordFile, { force: true })
  }
  await rename(draft, cluster)
}

/** Has this cluster been made? */
export async function isInitialised(cluster: string): Promise<boolean> {
  return (await stat(cluster).catch(() => undefined)) !== undefined
}

function runToEnd(program: string, args: string[], user: RunUser | undefined, cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...runAs(user, cwd), stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    const failed = (why: string) => new LocalPostgresError('init_failed', `PostgreSQL could not make its files: ${why}`)
    child.once('error', (error) => reject(failed(error.message)))
    child.once('close', (code) => (code === 0 ? resolve() : reject(failed(said.trim() || `initdb ended with ${code}`))))
  })
}
