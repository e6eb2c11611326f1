// How long the database worked for a page, as the database itself has logged it.
import type { Platform } from './platform.js'

/** Logs what every statement of the tenant's read role takes. */
export async function logStatements(platform: Platform, role: string): Promise<void> {
  await platform.warehouse.query(`ALTER ROLE ${role} SET log_min_duration_statement = 0`)
}

/** Milliseconds of all statements of a role while something was done: parsing, planning and running. */
export async function measureDatabase(platform: Platform, role: string, work: () => Promise<unknown>): Promise<number> {
  const before = (await platform.databaseLog()).length
  await work()
  const written = (await platform.databaseLog()).slice(before)
  const durations = written.matchAll(new RegExp(`^\\[${role}\\] LOG: {2}duration: ([\\d.]+) ms`, 'gm'))
  const all = [...durations].map(([, milliseconds]) => Number(milliseconds))
  if (all.length === 0) throw new Error('the database logged nothing')
  return all.reduce((sum, milliseconds) => sum + milliseconds, 0)
}
