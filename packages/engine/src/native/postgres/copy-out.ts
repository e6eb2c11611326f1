// COPY … TO STDOUT as batches of whole lines.
import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'

/** Bytes of a batch, about: large enough that its costs vanish, small enough to stay in the processor's cache. */
const batchSize = 256 * 1024

/** Runs the COPY; leaving the loop early leaves the connection unusable, so close it then. */
export async function* copyOut(client: Client, sql: string): AsyncGenerator<Buffer> {
  const stream = client.query(copyTo(sql, { highWaterMark: batchSize }))
  let pieces: Buffer[] = []
  let size = 0
  for await (const piece of stream as AsyncIterable<Buffer>) {
    pieces.push(piece)
    size += piece.length
    if (size < batchSize) continue
    const text = Buffer.concat(pieces, size)
    const whole = text.lastIndexOf(10) + 1
    pieces = whole < size ? [text.subarray(whole)] : []
    size -= whole
    if (whole > 0) yield text.subarray(0, whole)
  }
  if (size > 0) yield Buffer.concat(pieces, size)
}
