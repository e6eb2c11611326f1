import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MASK, toMasked } from './masks.js'
import { planEdit } from './plan-edit.js'

describe('an edit', () => {
  const keys = { keys: [{ name: 'a', secret: MASK }] }
  test.each<[string, object, object, object]>([
    [
      'keeps a secret outside lists by PUT',
      { key: MASK, n: 1 },
      { key: MASK, n: 2 },
      { kind: 'replace', configuration: { key: MASK, n: 2 } },
    ],
    [
      'sends back the mask PUT knows',
      { key: '******' },
      { key: '******' },
      { kind: 'replace', configuration: { key: MASK } },
    ],
    ['takes a new secret', { key: MASK }, { key: 'new' }, { kind: 'replace', configuration: { key: 'new' } }],
    ['removes a key', { key: MASK, n: 1 }, { key: MASK }, { kind: 'replace', configuration: { key: MASK } }],
    [
      'leaves a list with secrets alone by PATCH',
      { ...keys, key: MASK, o: { n: 1, m: 1 } },
      { ...keys, key: MASK, o: { n: 2, m: 1 } },
      { kind: 'patch', configuration: { o: { n: 2 } } },
    ],
    [
      'takes a list whose secrets were all typed',
      keys,
      { keys: [{ name: 'b', secret: 'x' }] },
      { kind: 'replace', configuration: { keys: [{ name: 'b', secret: 'x' }] } },
    ],
  ])('%s', (_, stored, wanted, edit) => expect(planEdit({}, stored as never, wanted as never)).toEqual(edit))

  test.each<[string, object, object, string[]]>([
    [
      'a list with secrets changes beside them',
      keys,
      { keys: [{ name: 'b', secret: MASK }] },
      ['configuration.keys.0.secret'],
    ],
    [
      'a list with secrets grows',
      keys,
      { keys: [...keys.keys, { name: 'b', secret: 'x' }] },
      ['configuration.keys.0.secret'],
    ],
    ['something is removed beside a list with secrets', { ...keys, n: 1 }, keys, ['configuration.keys.0.secret']],
    ['a mask stands where no secret was', { a: {} }, { a: { key: MASK } }, ['configuration.a.key']],
    ['a secret moves', { a: MASK }, { b: MASK }, ['configuration.b']],
  ])('asks for secrets again where %s', (_, stored, wanted, paths) => {
    const edit = planEdit({}, stored as never, wanted as never)
    expect(edit.kind === 'refused' && edit.fieldErrors.map(({ path }) => path.join('.'))).toEqual(paths)
  })

  test('that changes nothing loses nothing, whatever the configuration', () => {
    const value = fc.letrec((tie) => ({
      tree: fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), tie('node'), { maxKeys: 4 }),
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>(MASK, '******', 'x', 1, null),
        fc.array(tie('node'), { maxLength: 3 }),
        tie('tree'),
      ),
    })).tree
    fc.assert(
      fc.property(value, (stored) => {
        const edit = planEdit({}, stored, toMasked(stored))
        expect(edit.kind).not.toBe('refused')
        if (edit.kind === 'patch') expect(edit.configuration).toEqual({})
        if (edit.kind === 'replace') expect(edit.configuration).toEqual(toMasked(stored))
      }),
    )
  })
})
