// A tenant's names in Postgres. The host's own id never becomes one: names are seen by every role in the catalogues.
import type { Sealer } from '../secrets/seal.js'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'

/** RFC 4648 base32 in lower case, without padding. */
export function toBase32(bytes: Uint8Array): string {
  let bits = 0
  let held = 0
  let text = ''
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      text += alphabet[(held >> bits) & 31] ?? ''
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? text + (alphabet[(held << (5 - bits)) & 31] ?? '') : text
}

/** `t_` and 80 bits of a keyed digest: the same tenant always, and nobody can go from one to the other. */
export const toSlug = (sealer: Sealer, tenantId: string) =>
  `t_${toBase32(sealer.digest('tenant', tenantId).subarray(0, 10))}`

/** What such a name looks like; the guard in the warehouse goes by it. */
export const slugPattern = '^t_[a-z2-7]{16}$'

export const toTenantNames = (slug: string) => ({
  schema: slug,
  rawSchema: `${slug}_raw`,
  syncRole: `${slug}_sync`,
  appRole: `${slug}_app`,
})
