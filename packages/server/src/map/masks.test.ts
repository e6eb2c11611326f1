import { expect, test } from 'vitest'
import { MASK, toMasked } from './masks.js'

test.each<[unknown, unknown]>([
  ['******', MASK],
  [MASK, MASK],
  ['secret_coordinate::airbyte_workspace_1_secret_2_v1', MASK],
  ['airbyte_workspace_1_secret_2_v1', MASK],
  [{ _secret: 'x' }, MASK],
  [{ _secret_reference_id: 'x', more: 1 }, MASK],
  ['plain', 'plain'],
  [
    ['a', '******'],
    ['a', MASK],
  ],
])('all three masks look the same to a browser: %j', (from, to) => {
  expect(toMasked({ at: { some: from } })).toEqual({ at: { some: to } })
})
