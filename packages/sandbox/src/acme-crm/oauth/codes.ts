// Authorization codes: a minute to live, and one use (RFC 6749 §4.1.2).
import { hashToken, newToken } from '../secrets.js'
import type { AuthorizationRequest } from './authorization-request.js'

/** What a person allowed, waiting for the client to fetch it. */
export interface AllowedRequest extends AuthorizationRequest {
  personId: string
}

export type TakenCode =
  | { kind: 'taken'; allowed: AllowedRequest }
  /** `grantId` is the grant that came of its first use, if it came to one. */
  | { kind: 'used'; grantId?: string }
  | { kind: 'unknown' }

export interface Codes {
  issue(allowed: AllowedRequest): string
  /** Uses the code up, whether or not the client then turns out to be entitled to it. */
  take(code: string): TakenCode
  /** Notes which grant came of a code, so that a second use can end it. */
  noteGrant(code: string, grantId: string): void
}

export function createCodes({ codeSeconds, now }: { codeSeconds: number; now: () => number }): Codes {
  const codes = new Map<string, { allowed: AllowedRequest; expiresAt: number; used: boolean; grantId?: string }>()

  // A used one is remembered for an hour.
  const dropOld = () => codes.forEach(({ expiresAt }, hash) => expiresAt + 3_600_000 < now() && codes.delete(hash))

  return {
    issue(allowed) {
      dropOld()
      const code = newToken('acme_code_')
      codes.set(hashToken(code), { allowed, expiresAt: now() + codeSeconds * 1_000, used: false })
      return code
    },
    take(code) {
      const found = codes.get(hashToken(code))
      if (found?.used) return { kind: 'used', ...(found.grantId && { grantId: found.grantId }) }
      if (!found || found.expiresAt <= now()) return { kind: 'unknown' }
      found.used = true
      return { kind: 'taken', allowed: found.allowed }
    },
    noteGrant(code, grantId) {
      const found = codes.get(hashToken(code))
      if (found) found.grantId = grantId
    },
  }
}
