import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createScrub } from './scrub-secrets.js'

it('takes out what is secret by its name, wherever it is nested', () => {
  const scrub = createScrub({ configuration: { host: 'db.acme.com', ssl: [{ client_key: 'hunter2"x' }] } })
  expect(scrub('host db.acme.com refused hunter2"x')).toBe('host db.acme.com refused **********')
  expect(scrub('{"got":"hunter2\\"x"}')).toBe('{"got":"**********"}')
})

it('takes out long values whatever their name, and keeps ids', () => {
  const workspaceId = '6f2f0d3c-97c9-4d0c-8a4f-0b1a4d8e9a11'
  const scrub = createScrub({ workspaceId, note: 'x'.repeat(40) })
  expect(scrub(`${workspaceId} ${'x'.repeat(40)}`)).toBe(`${workspaceId} **********`)
})

it('never lets a password through, whatever it is made of', () => {
  const password = fc.string({ minLength: 4 }).filter((it) => !'**********'.includes(it))
  fc.assert(
    fc.property(password, (password) => {
      const scrub = createScrub({ password })
      expect(scrub(password)).not.toContain(password)
      expect(JSON.parse(scrub(JSON.stringify([password])))).toEqual(['**********'])
    }),
  )
})
