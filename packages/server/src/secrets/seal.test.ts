import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSealer } from './seal.js'

const newKey = () => randomBytes(32).toString('base64')

/** A value as it was sealed before keys could be changed. */
function sealDirectly(encryptionKey: string, plain: string, place: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(encryptionKey, 'base64'), '', 'opsai/seal', 32))
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place))
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return Buffer.concat([Buffer.of(1), iv, cipher.getAuthTag(), body])
}

test('the values of two tenants can not be swapped, in whole or in part', () => {
  const sealer = createSealer(newKey())
  const [acme, globex] = [sealer.seal('of acme', 'acme|1|secret'), sealer.seal('of globex', 'globex|1|secret')]
  expect(() => sealer.open(globex, 'acme|1|secret')).toThrow()
  // The inner key of one before the body of the other.
  const mixed = Buffer.concat([acme.subarray(0, 69), globex.subarray(69)])
  expect(() => sealer.open(mixed, 'acme|1|secret')).toThrow()
  expect(() => sealer.open(mixed, 'globex|1|secret')).toThrow()
})

test('equal values never look equal, for each has a key of its own', () => {
  const sealer = createSealer(newKey())
  expect(sealer.seal('x', 'p').equals(sealer.seal('x', 'p'))).toBe(false)
})

test('after the key has changed everything opens, and only the inner key was sealed anew', () => {
  const [first, second] = [newKey(), newKey()]
  const before = createSealer(first)
  const after = createSealer(second, { oldKeys: [first] })
  const only = createSealer(second)
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, place) => {
      const old = before.seal(text, place)
      expect(after.open(old, place)).toBe(text)
      expect(() => only.open(old, place)).toThrow('neither encryptionKey nor in oldEncryptionKeys')
      const anew = after.rewrap(old, place)
      if (!anew) throw new Error('nothing was changed')
      expect(only.open(anew, place)).toBe(text)
      expect(anew.subarray(69).equals(old.subarray(69))).toBe(true)
      expect(anew.subarray(0, 9).equals(after.newest)).toBe(true)
      expect(() => before.open(anew, place)).toThrow()
      expect(after.rewrap(anew, place)).toBeUndefined()
    }),
    { numRuns: 200 },
  )
})

test('what was sealed before there were envelopes opens, and gets one', () => {
  const [first, second] = [newKey(), newKey()]
  const old = sealDirectly(first, 'hunter2', 'tenants|t_a|sync_password')
  expect(createSealer(first).open(old, 'tenants|t_a|sync_password')).toBe('hunter2')
  const after = createSealer(second, { oldKeys: [newKey(), first] })
  expect(after.open(old, 'tenants|t_a|sync_password')).toBe('hunter2')
  expect(() => after.open(old, 'tenants|t_b|sync_password')).toThrow()
  const anew = after.rewrap(old, 'tenants|t_a|sync_password')
  expect(anew && createSealer(second).open(anew, 'tenants|t_a|sync_password')).toBe('hunter2')
})
