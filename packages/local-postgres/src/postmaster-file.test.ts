import { describe, expect, it } from 'vitest'
import { parsePostmasterFile, withPid } from './postmaster-file.js'

const running = '4242\n/data/cluster\n1763870400\n4404\n\n127.0.0.1\n  1234   5678\nready   \n'

describe('postmaster.pid', () => {
  it.each([
    ['running', running, { pid: 4242, port: 4404, isReady: true }],
    ['still starting', running.replace('ready   ', 'starting'), { pid: 4242, port: 4404, isReady: false }],
    ['just created', '4242\n', { pid: 4242, isReady: false }],
    ['empty', '', undefined],
    ['not a process', '0\n', undefined],
    ['garbage', 'oops\n', undefined],
  ])('is read while PostgreSQL is %s', (_, text, expected) => {
    expect(parsePostmasterFile(text)).toEqual(expected)
  })

  it('can be given to another process with everything else kept', () => {
    expect(withPid(running, 7)).toBe(running.replace('4242', '7'))
  })
})
