// PostgreSQL refuses to run as root, so root hands it to an unprivileged user that already exists.
import { readFile, stat } from 'node:fs/promises'

/** Whom PostgreSQL's processes run as. */
export interface RunUser {
  uid: number
  gid: number
}

// An administrator's dedicated account first, then the one every Unix has. Never the system's own
// `postgres`: that account owns the machine's real clusters.
const preferred = ['opsai-postgres', 'nobody']

/**
 * Picks the account out of the text of `/etc/passwd`; without one, the number every kernel maps to nobody.
 */
export function pickRunUser(passwd: string): RunUser | undefined {
  const accounts = passwd.split('\n').map((line) => line.split(':'))
  for (const name of preferred) {
    const account = accounts.find((fields) => fields[0] === name)
    const uid = Number(account?.[2])
    const gid = Number(account?.[3])
    if (account && Number.isInteger(uid) && Number.isInteger(gid) && uid > 0) return { uid, gid }
  }
  return undefined
}

/** The user to run as, or undefined to run as ourselves. Data that exists already keeps its owner. */
export async function findRunUser(dataDirectory: string): Promise<RunUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(dataDirectory).catch(() => undefined)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return pickRunUser(await readFile('/etc/passwd', 'utf8').catch(() => ''))
}
