import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSealer } from './sealer.js'

const key = randomBytes(32).toString('base64')

it('opens what it sealed', () => {
  const sealer = createSealer(key)
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, row) => {
      expect(sealer.open(sealer.seal(value, row), row)).toEqual(JSON.parse(JSON.stringify(value)))
    }),
  )
})

it('does not open a value that was moved to another row, changed, or sealed with another key', () => {
  const sealer = createSealer(key)
  const sealed = sealer.seal({ password: 'hunter2' }, 'actor:a')
  const changed = Buffer.from(sealed)
  changed[sealed.length - 1] = sealed[sealed.length - 1]! ^ 1

  expect(() => sealer.open(sealed, 'actor:b')).toThrow()
  expect(() => sealer.open(changed, 'actor:a')).toThrow()
  expect(() => createSealer(randomBytes(32).toString('base64')).open(sealed, 'actor:a')).toThrow(
    'another encryption key',
  )
})

it('leaves nothing readable and never seals the same way twice', () => {
  const sealer = createSealer(key)
  const [once, twice] = [sealer.seal('hunter2', 'a'), sealer.seal('hunter2', 'a')]
  expect(once.toString('latin1')).not.toContain('hunter2')
  expect(once.equals(twice)).toBe(false)
})

it('says how to make a key when it gets a wrong one', () => {
  expect(() => createSealer('c2hvcnQ=')).toThrow('openssl rand -base64 32')
})
