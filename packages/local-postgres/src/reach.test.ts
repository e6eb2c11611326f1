import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ancestorsOf, canEnter } from './reach.js'

const user = { uid: 500, gid: 600 }

describe('entering a directory', () => {
  it.each([
    ['others may', { uid: 0, gid: 0, mode: 0o711 }, true],
    ['only root may', { uid: 0, gid: 0, mode: 0o700 }, false],
    ['its owner may', { uid: 500, gid: 0, mode: 0o700 }, true],
    ['its group may', { uid: 0, gid: 600, mode: 0o710 }, true],
    ['its group is shut out though others may', { uid: 0, gid: 600, mode: 0o701 }, false],
    ['it is readable but not enterable', { uid: 0, gid: 0, mode: 0o744 }, false],
  ])('%s', (_, directory, expected) => {
    expect(canEnter(directory, user)).toBe(expected)
  })

  it('asks each class alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0o777 }), (mode) => {
        expect(canEnter({ uid: 500, gid: 600, mode }, user)).toBe(canEnter({ uid: 500, gid: 0, mode }, user))
      }),
    )
  })
})

it('walks from the root', () => {
  expect(ancestorsOf('/srv/app/data')).toEqual(['/', '/srv', '/srv/app', '/srv/app/data'])
})
