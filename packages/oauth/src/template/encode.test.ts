import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  fromBase64,
  fromFormEncoded,
  toBase64,
  toCodeChallenge,
  toFormEncoded,
  toPathSegment,
  toQueryValue,
} from './encode.js'

const text = fc.string({ unit: 'grapheme' })

describe('encoders', () => {
  it('come back', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(fromFormEncoded(toFormEncoded(value))).toBe(value)
        expect(fromBase64(toBase64(value))).toBe(value)
        expect(decodeURIComponent(toQueryValue(value))).toBe(value)
        expect(decodeURIComponent(toPathSegment(value))).toBe(value)
      }),
    )
  })

  it('keep a value one value, whatever it is', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const url = new URL(`https://a.example/?first=${toQueryValue(value)}&last=1`)
        expect([...url.searchParams.keys()]).toEqual(['first', 'last'])
        expect(url.searchParams.get('first')).toBe(Buffer.from(value).toString())
        expect(url.hash).toBe('')
      }),
    )
  })

  // What Java's URLEncoder says of the same texts.
  it.each([
    ['a b', 'a+b'],
    ["*-._~!'()", '*-._%7E%21%27%28%29'],
    ['https://h.test/cb?a=1&b=2', 'https%3A%2F%2Fh.test%2Fcb%3Fa%3D1%26b%3D2'],
    ['ü€😀', '%C3%BC%E2%82%AC%F0%9F%98%80'],
  ])('%s as a form', (value, encoded) => expect(toFormEncoded(value)).toBe(encoded))

  it('makes the challenge of RFC 7636, appendix B', () => {
    expect(toCodeChallenge('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    )
  })

  it('leaves plain values as they are', () => {
    expect(toQueryValue('4/0Adeu5BW-x_y.z~=')).toBe('4/0Adeu5BW-x_y.z~=')
  })
})
