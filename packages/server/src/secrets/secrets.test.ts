import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toBase32, toSlug } from '../tenants/names.js'
import { createScrub } from './scrub.js'
import { createSealer } from './seal.js'

const newSealer = () => createSealer(randomBytes(32).toString('base64'))

test('what is sealed is opened only in its place, by its key, unchanged', () => {
  const sealer = newSealer()
  const other = newSealer()
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.nat(), (text, place, at) => {
      const sealed = sealer.seal(text, place)
      expect(sealer.open(sealed, place)).toBe(text)
      expect(() => sealer.open(sealed, `${place}x`)).toThrow()
      expect(() => other.open(sealed, place)).toThrow()
      const changed = Buffer.from(sealed)
      const index = at % changed.length
      changed[index] = (changed[index] ?? 0) ^ 1
      expect(() => sealer.open(changed, place)).toThrow()
    }),
    { numRuns: 200 },
  )
})

test("a tenant's name is always the same, always a name, and tells nothing", () => {
  const sealer = newSealer()
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (tenantId) => {
      const slug = toSlug(sealer, tenantId)
      expect(slug).toMatch(/^t_[a-z2-7]{16}$/)
      expect(toSlug(sealer, tenantId)).toBe(slug)
      expect(toSlug(newSealer(), tenantId)).not.toBe(slug)
    }),
    { numRuns: 200 },
  )
  expect(toBase32(Buffer.from('foobar'))).toBe('mzxw6ytboi')
})

test('canaries never pass the scrubber, whatever they are wrapped in', () => {
  const scrub = createScrub(['the-host-key-of-this-deployment'])
  const canary = fc.stringMatching(/^CANARY[a-zA-Z0-9]{20,30}$/)
  const wrap = fc.constantFrom<(secret: string) => unknown>(
    (secret) => ({ password: secret }),
    (secret) => ({ deep: [{ client_secret: secret, apiKey: secret }] }),
    (secret) => `Bearer ${secret}`,
    (secret) => new Error(`cannot reach postgresql://user:${secret}@db:5432/x`),
    (secret) => ({ url: `https://x.test/callback?code=${secret}&state=${secret}` }),
    (secret) => ({ message: `aips_${secret} was refused` }),
    (secret) => ({ id: `airbyte_oauth_workspace_1_secret_${secret}_v1` }),
    (secret) => ({ location: `https://host.test/return?aip_flow=1#c=${secret}` }),
  )
  fc.assert(
    fc.property(canary, wrap, (secret, put) => {
      expect(JSON.stringify(scrub.value(put(secret)))).not.toContain(secret)
    }),
    { numRuns: 2_000 },
  )
  expect(scrub.text('key the-host-key-of-this-deployment!')).toBe('key ***!')
})
