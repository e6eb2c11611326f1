import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'

/** The superuser's password as it was kept; undefined before the first start. */
export async function readPassword(path: string): Promise<string | undefined> {
  return (await readFile(path, 'utf8').catch(() => '')).trim() || undefined
}

/** Keeps a password where only we can read it. */
export async function keepPassword(path: string, password: string): Promise<void> {
  await writeFile(path, `${password}\n`, { mode: 0o600 })
}

/** 192 random bits in letters that need no escaping in a URL. */
export function generatePassword(): string {
  return randomBytes(24).toString('base64url')
}
