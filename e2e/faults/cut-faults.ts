// Airbyte did it and began to say so; the answer breaks off, or its frame does not fit what is in it.
import type { AfterFault, RealAnswer } from './fault.js'
import { type Line, toBytes, toHead } from './line.js'

const broken = ['upstream_unavailable', 'upstream_invalid', 'upstream_timeout'] satisfies AfterFault['codes']
const cut = (name: string, answer: (line: Line, real: RealAnswer) => void): AfterFault => ({
  name,
  kind: 'after',
  codes: broken,
  answer,
})

/** Sends the first bytes, lets them arrive, and resets. */
const resetAt = (name: string, toLength: (bytes: Buffer, headLength: number) => number) =>
  cut(name, (line, real) => {
    const bytes = toBytes(real)
    line.send(bytes.subarray(0, toLength(bytes, bytes.indexOf('\r\n\r\n') + 4)))
    line.later(20, line.reset)
  })

export const cutFaults: AfterFault[] = [
  resetAt('reset at byte 0', () => 0),
  resetAt('reset in the headers', (_, headLength) => Math.floor(headLength / 2)),
  resetAt('reset in the body', (bytes, headLength) => headLength + Math.floor((bytes.length - headLength) / 2)),
  resetAt('reset at the last byte', (bytes) => bytes.length - 1),
  cut('truncated', (line, real) => {
    const bytes = toBytes(real)
    line.send(bytes.subarray(0, bytes.length - Math.ceil(real.body.length / 2)))
    line.end()
  }),
  cut('Content-Length too short', (line, { status, type, body }) => {
    line.send(toHead(status, { 'content-type': type, 'content-length': `${Math.floor(body.length / 2)}` }))
    line.send(body)
    line.end()
  }),
  cut('bad chunking', (line, { status, type, body }) => {
    line.send(toHead(status, { 'content-type': type, 'transfer-encoding': 'chunked' }))
    line.send('xyz\r\n')
    line.send(body)
    line.end()
  }),
  cut('gzip garbage', (line, { status, type, body }) =>
    line.answer({ status, type, body, headers: { 'content-encoding': 'gzip' } }),
  ),
]
