// Nobody there, nobody who answers, or an answer that takes for ever.
import type { Fault } from './fault.js'
import { toBytes, toHead } from './line.js'

const late = ['upstream_timeout', 'upstream_unavailable'] satisfies Fault['codes']

export const silenceFaults: Fault[] = [
  { name: 'refused', kind: 'dial', to: 'closedPort', codes: late },
  { name: 'never accepted', kind: 'dial', to: 'fullBacklog', codes: late },
  { name: 'black hole', kind: 'instead', codes: late, answer: () => undefined },
  {
    name: 'stalled headers',
    kind: 'instead',
    codes: late,
    answer: (line) => line.send('HTTP/1.1 200 OK\r\ncontent-t'),
  },
  {
    name: 'slow body, 10 B/s',
    kind: 'after',
    codes: late,
    answer: (line, { status, type, body }) => {
      // Padded, so that it is slow for small answers too.
      const slow = Buffer.concat([Buffer.alloc(1000, ' '), body])
      line.send(toHead(status, { 'content-type': type, 'content-length': `${slow.length}` }))
      const drip = (at: number) => {
        if (at >= slow.length) return line.end()
        line.send(slow.subarray(at, at + 1))
        line.later(100, () => drip(at + 1))
      }
      drip(0)
    },
  },
  {
    name: 'latency 2 s',
    kind: 'after',
    codes: late,
    answer: (line, { status, type, body }) =>
      line.later(2000, () => {
        line.send(toBytes({ status, type, body }))
        line.end()
      }),
  },
]
