import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as z from 'zod'
import { emptyGrantState, type GrantState } from './oauth/grants.js'

const stateSchema: z.ZodType<GrantState> = z.object({
  grants: z.array(z.object({ id: z.string(), clientId: z.string(), personId: z.string(), scope: z.string() })),
  refreshTokens: z.record(z.string(), z.object({ grantId: z.string(), used: z.boolean() })),
  accessTokens: z.record(z.string(), z.object({ grantId: z.string(), scope: z.string(), expiresAt: z.number() })),
})

/** What was granted before the restart; nothing where there is no such file. */
export function readState(path: string): GrantState {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return emptyGrantState()
    throw error
  }
  try {
    return stateSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new Error(`${path} is not a state file of Acme CRM. Delete it to start over (people sign in again).`, {
      cause,
    })
  }
}

/** Whole or not at all, and before anybody is handed a token: hence synchronous. */
export function writeState(path: string, state: GrantState): void {
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, JSON.stringify(state), { mode: 0o600 })
  renameSync(draft, path)
}
