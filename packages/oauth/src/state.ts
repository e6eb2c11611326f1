import { randomBytes } from 'node:crypto'
import type { OAuthSpec } from './oauth-spec.js'

/** 43 characters of base64url: 256 bits, and as long as RFC 7636 asks of a verifier, if a specification makes it one. */
const wanted = 43

/** A state to find the flow by when the browser comes back: random, of a length that the provider takes. */
export function createState({ stateLength: { min, max } }: Pick<OAuthSpec, 'stateLength'>): string {
  const length = Math.min(Math.max(wanted, min), max)
  return randomBytes(length).toString('base64url').slice(0, length)
}

/** RFC 7636 §4.1: 43 characters, 256 bits. Keep it where the browser cannot see it. */
export const createCodeVerifier = (): string => randomBytes(32).toString('base64url')
