import { expect, it } from 'vitest'
import { coordinatesOf, referencedCoordinates, resolveCoordinates, showCoordinates } from './coordinates.js'

const secret = { type: 'string', airbyte_secret: true }
const spec = {
  properties: {
    host: { type: 'string' },
    password: secret,
    keys: { type: 'array', items: { properties: { key: secret } } },
  },
}
const configuration = { host: 'h', password: 'hunter2', keys: [{ key: 'a' }, { key: 'b' }] }
const owner = { workspaceId: '6f2f0d3c-97c9-4d0c-8a4f-0b1a4d8e9a11', actorId: '1f2f0d3c-97c9-4d0c-8a4f-0b1a4d8e9a11' }

it('shows coordinates where secrets are, each its own', () => {
  const shown = showCoordinates(spec, configuration, owner)
  const coordinate =
    /^secret_coordinate::airbyte_workspace_6f2f0d3c-97c9-4d0c-8a4f-0b1a4d8e9a11_secret_[0-9a-f-]{36}_v1$/
  expect(shown).toEqual({
    host: 'h',
    password: expect.stringMatching(coordinate) as string,
    keys: [{ key: expect.stringMatching(coordinate) as string }, { key: expect.stringMatching(coordinate) as string }],
  })
  expect(new Set(referencedCoordinates(spec, shown)).size).toBe(3)
  expect(JSON.stringify(shown)).not.toContain('hunter2')
})

it('takes them back, in both of Airbyte’s forms', () => {
  const secrets = coordinatesOf(spec, configuration, owner)
  expect(resolveCoordinates(spec, showCoordinates(spec, configuration, owner), secrets)).toEqual(configuration)
  const [coordinate] = secrets.keys()
  expect(resolveCoordinates(spec, { password: { _secret: coordinate } }, secrets)).toEqual({ password: 'hunter2' })
})

it('is another one for another actor or workspace', () => {
  const here = [...coordinatesOf(spec, configuration, owner).keys()]
  const there = [...coordinatesOf(spec, configuration, { ...owner, actorId: owner.workspaceId }).keys()]
  expect(here.some((coordinate) => there.includes(coordinate))).toBe(false)
})

it('leaves a field alone that is shown: a secret must not get there', () => {
  const [coordinate = ''] = coordinatesOf(spec, configuration, owner).keys()
  const sneaky = { host: `secret_coordinate::${coordinate}` }
  expect(referencedCoordinates(spec, sneaky)).toEqual([])
  expect(resolveCoordinates(spec, sneaky, new Map([[coordinate, 'hunter2']]))).toEqual(sneaky)
})
