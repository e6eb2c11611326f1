import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { getIn, type Path, setIn, toPathKey } from './path.js'

const values = { streams: [{ name: 'a' }, { name: 'b' }], tags: ['x'] }

describe('getIn', () => {
  const table: [path: Path, found: unknown][] = [
    [[], values],
    [['streams', '1', 'name'], 'b'],
    [['tags', '0'], 'x'],
    [['tags', '1'], undefined],
    [['tags', 'length'], undefined],
    [['tags', '-1'], undefined],
    [['tags', '0', 'length'], undefined],
    [['constructor'], undefined],
    [['__proto__', 'toString'], undefined],
  ]
  it.each(table)('finds at %j %j', (path, found) => expect(getIn(values, path)).toEqual(found))
})

describe('setIn', () => {
  it('changes one item, and leaves the others and the original as they are', () => {
    const changed = setIn(values, ['streams', '1', 'name'], 'c')
    expect(changed).toEqual({ streams: [{ name: 'a' }, { name: 'c' }], tags: ['x'] })
    expect((changed.streams as unknown[])[0]).toBe(values.streams[0])
    expect(values.streams[1]).toEqual({ name: 'b' })
  })

  it('drops what comes too late for an item that is gone', () => {
    expect(setIn(values, ['streams', '2', 'name'], 'c')).toEqual(values)
  })

  it('makes objects on the way, in place of what is none', () => {
    expect(setIn({ a: 'text', b: ['x'] }, ['a', 'b'], 1)).toEqual({ a: { b: 1 }, b: ['x'] })
    expect(setIn({ b: ['x'] }, ['b', 'key'], 1)).toEqual({ b: { key: 1 } })
  })

  it('gives back what was set and pollutes nothing, whatever the keys', () => {
    const key = fc.oneof(fc.constantFrom('__proto__', 'constructor', 'length', '', '*'), fc.string())
    const path = fc.array(key, { minLength: 1, maxLength: 4 })
    fc.assert(fc.property(path, (keys) => getIn(setIn({}, keys, 'x'), keys) === 'x'))
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})

describe('toPathKey', () => {
  it('is the path with dots for the keys of specs', () => {
    expect(toPathKey(['credentials', 'x-api_Key', '0'])).toBe('credentials.x-api_Key.0')
  })

  it('tells any two paths apart, and has no white space: it is an id', () => {
    const paths = fc.array(fc.oneof(fc.string(), fc.constantFrom('a', 'a.b', 'a b', '', '.', '~2e~')), { maxLength: 3 })
    fc.assert(
      fc.property(paths, paths, (a, b) => {
        expect(toPathKey(a)).not.toMatch(/\s/)
        if (a.length > 0 && b.length > 0)
          expect(toPathKey(a) === toPathKey(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
      }),
    )
  })
})
