// A whole answer that says 200 and is not what Airbyte's documents promise.
import { type AfterFault, type Fault, innards, type InsteadFault, type RealAnswer } from './fault.js'
import type { RawAnswer } from './line.js'
import { page } from './status-faults.js'

const invalid = ['upstream_invalid', 'upstream_unavailable'] satisfies Fault['codes']

/** In Airbyte's place. */
const instead = (name: string, answer: () => RawAnswer): InsteadFault => ({
  name,
  kind: 'instead',
  codes: invalid,
  answer: (line) => line.answer(answer()),
})

/** After Airbyte did it. */
const after = (name: string, answer: (real: RealAnswer) => RawAnswer): AfterFault => ({
  name,
  kind: 'after',
  codes: invalid,
  answer: (line, real) => line.answer(answer(real)),
})

/** The real answer with something before its first key. */
const withKey = (key: string) => (real: RealAnswer) => {
  const text = real.body.toString()
  return { ...real, body: text.startsWith('{') ? `{${key},${text.slice(1)}` : `[{${key}},${text.slice(1)}` }
}

const depth = 100_000
const size = 50 * 1024 * 1024

export const garbageFaults: Fault[] = [
  instead('page with 200', () => ({ status: 200, type: 'text/html', body: page })),
  instead('page with 200 as JSON', () => ({ status: 200, body: page })),
  instead('empty 200', () => ({ status: 200 })),
  after('empty 200 after commit', () => ({ status: 200 })),
  after('204 after commit', () => ({ status: 204, type: '' })),
  instead('null', () => ({ status: 200, body: 'null' })),
  instead('an array', () => ({ status: 200, body: '[[1]]' })),
  instead('a text', () => ({ status: 200, body: JSON.stringify(innards) })),
  {
    ...instead('an object of others', () => ({
      status: 200,
      body: JSON.stringify({ stack: innards, data: {}, jobId: 'x' }),
    })),
    mayBeLasting: true,
  },
  {
    ...after('50 MB', (real) => ({ ...real, body: Buffer.concat([Buffer.alloc(size, ' '), real.body]) })),
    isTooMuch: true,
    codes: [...invalid, 'upstream_timeout'], // a slow line reaches the deadline before the limit
  },
  instead('JSON 100,000 deep', () => ({ status: 200, body: '{"a":'.repeat(depth) + '1' + '}'.repeat(depth) })),
  instead('arrays 100,000 deep', () => ({ status: 200, body: '['.repeat(depth) + ']'.repeat(depth) })),
  after('NaN in it', withKey('"x":NaN')),
  after('keys twice', withKey('"sourceId":1,"jobId":"x","data":7,"name":null')),
  after('__proto__ in it', withKey('"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}')),
  after('wrong content type', (real) => ({ ...real, type: 'text/plain' })),
  after('no content type', (real) => ({ ...real, type: '' })),
  after('byte order mark', (real) => ({ ...real, body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), real.body]) })),
  after('not UTF-8', (real) => ({ ...real, body: Buffer.concat([Buffer.from([0xff, 0xfe, 0x00]), real.body]) })),
]
