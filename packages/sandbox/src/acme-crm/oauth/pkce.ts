import { createHash } from 'node:crypto'

/**
 * Does the verifier belong to the challenge (RFC 7636 §4.6)? Either both were sent or neither (RFC 9700
 * §2.1.1).
 */
export function isVerified(challenge: string | undefined, verifier: string | undefined): boolean {
  if (challenge === undefined || verifier === undefined) return challenge === verifier
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) return false
  return createHash('sha256').update(verifier).digest('base64url') === challenge
}
