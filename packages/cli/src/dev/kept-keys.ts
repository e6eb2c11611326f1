import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'

const Keys = z.object({
  hostKey: z.string(),
  encryptionKey: z.string(),
  engineEncryptionKey: z.string(),
  customerPassword: z.string(),
  acmeClientSecret: z.string(),
})
export type KeptKeys = z.infer<typeof Keys>

const makeKeys = (): KeptKeys => ({
  hostKey: randomBytes(32).toString('base64url'),
  encryptionKey: randomBytes(32).toString('base64'),
  engineEncryptionKey: randomBytes(32).toString('base64'),
  customerPassword: randomBytes(12).toString('base64url'),
  acmeClientSecret: randomBytes(24).toString('base64url'),
})

/** This machine's keys: made once, kept readable by its owner alone, so that a second start can read its own data. */
export async function readOrMakeKeys(dataDir: string): Promise<KeptKeys> {
  const file = join(dataDir, 'keys.json')
  try {
    return Keys.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const keys = makeKeys()
  await writeFile(file, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  return keys
}
