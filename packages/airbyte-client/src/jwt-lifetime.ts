// Airbyte's second token endpoint says no `expires_in`; the token itself does. Nothing is verified here: that is
// Airbyte's affair, and a lie costs no more than a renewal.
import * as z from 'zod'
import { parseJson } from './parse-json.js'

const Claims = z.looseObject({ exp: z.number(), iat: z.number().optional() })

/** Milliseconds a JWT lives from when it was made, so that no clock but the server's counts. `undefined` where it says none. */
export function readJwtLifetime(token: string, now = Date.now()): number | undefined {
  const json = parseJson(decodePart(token.split('.')[1] ?? ''))
  const claims = Claims.safeParse(json.kind === 'value' ? json.value : undefined).data
  if (!claims) return undefined
  const lifetimeMs = (claims.exp - (claims.iat ?? now / 1000)) * 1000
  return lifetimeMs > 0 ? lifetimeMs : undefined
}

function decodePart(part: string): string {
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
    return new TextDecoder().decode(bytes)
  } catch {
    return ''
  }
}
