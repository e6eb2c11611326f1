// One COPY … FROM STDIN: bytes in, back-pressure out.
import type { Client } from 'pg'
import type { CopyStreamQuery } from 'pg-copy-streams'
import { from as copyFrom } from 'pg-copy-streams'

/** A running COPY. Any method throws what Postgres answered. */
export interface CopyIn {
  /** Resolves when more may be written. */
  write(lines: Buffer | string): Promise<void>
  /** Resolves when all rows are in the table. */
  end(): Promise<void>
  /** Fails the COPY, so that the connection takes queries again. Never throws. */
  cancel(): Promise<void>
}

/** Starts a COPY; the client takes no other query until it ends. */
export function startCopy(client: Client, sql: string): CopyIn {
  const stream: CopyStreamQuery = client.query(copyFrom(sql))
  let failure: unknown
  const failed = new Promise<never>((_, reject) => {
    stream.once('error', (error) => {
      failure = error
      reject(error)
    })
    stream.once('close', () => {
      if (!stream.writableFinished) reject(failure ?? new Error('Connection terminated'))
    })
  })
  failed.catch(() => {})
  const drained = () => new Promise<void>((resolve) => stream.once('drain', resolve))
  return {
    async write(lines) {
      if (failure !== undefined) throw failure
      if (!stream.write(lines)) await Promise.race([drained(), failed])
    },
    async end() {
      if (failure !== undefined) throw failure
      await Promise.race([new Promise<void>((resolve) => stream.end(resolve)), failed])
    },
    async cancel() {
      if (stream.closed) return
      const closed = new Promise<void>((resolve) => stream.once('close', resolve))
      stream.destroy()
      await closed
    },
  }
}
