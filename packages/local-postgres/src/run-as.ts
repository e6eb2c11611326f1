import type { SpawnOptions } from 'node:child_process'
import type { RunUser } from './run-user.js'

/**
 * How a PostgreSQL program is spawned. Its environment is next to empty: what is in ours (keys, tokens)
 * would be readable to the user it runs as, and to any SQL superuser.
 */
export function runAs(user: RunUser | undefined, cwd: string): SpawnOptions {
  const kept = ['PATH', 'SystemRoot', 'TEMP'].flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...user, cwd, env: { ...Object.fromEntries(kept), LC_ALL: 'C' }, windowsHide: true }
}
