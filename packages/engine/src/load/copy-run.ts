// COPY after COPY into one table, each behind a savepoint, so that one refused value costs a second look, not the sync.
import type { Client } from 'pg'
import type { Column } from './column-type.js'
import type { CopyIn } from './copy-stream.js'
import { startCopy } from './copy-stream.js'
import type { TableName } from './layout.js'
import { copySql } from './layout.js'
import { errorCode } from './postgres-failure.js'

/** Bytes in one COPY: what is kept in memory in case one of its values is refused. */
const copySize = 8 * 1024 * 1024

/** Lines to write, and what to write instead should Postgres refuse a value in them. */
export interface CopyPiece {
  lines: Buffer | string
  columns: Column[]
  corrected?: () => Buffer
}

export interface CopyRun {
  /** Needs an open transaction. Resolves when more may be written. */
  put(piece: CopyPiece): Promise<void>
  /** Resolves when all rows are in the table. */
  end(): Promise<void>
  /** Lets go of rows not yet in the table, so that the transaction can be rolled back. */
  cancel(): Promise<void>
}

export function createCopyRun(client: Client, table: TableName): CopyRun {
  let running: { copy: CopyIn; sql: string } | undefined
  let pieces: CopyPiece[] = []
  let bytes = 0

  async function end(): Promise<void> {
    try {
      await running?.copy.end()
    } catch (error) {
      await putCorrected(error)
    }
    running = undefined
    pieces = []
    bytes = 0
  }

  async function copyInto(columns: Column[]): Promise<CopyIn> {
    const sql = copySql(table, columns)
    if (running && running.sql !== sql) await end()
    if (!running) {
      await client.query('SAVEPOINT copied')
      running = { copy: startCopy(client, sql), sql }
    }
    return running.copy
  }

  /** Class 22 is "data exception": a value the column's type does not take. */
  async function putCorrected(error: unknown): Promise<void> {
    const again = pieces
    const correctable = again.every(({ corrected }) => corrected) && errorCode(error)?.startsWith('22')
    pieces = []
    if (!running || !correctable) throw error
    await client.query('ROLLBACK TO SAVEPOINT copied')
    const copy = startCopy(client, running.sql)
    running = undefined
    for (const { corrected } of again) await copy.write(corrected!())
    await copy.end()
    bytes = 0
  }

  return {
    async put(piece) {
      const copy = await copyInto(piece.columns)
      pieces.push(piece)
      bytes += piece.lines.length
      try {
        await copy.write(piece.lines)
      } catch (error) {
        await putCorrected(error)
      }
      if (bytes >= copySize) await end()
    },
    end,
    async cancel() {
      await running?.copy.cancel()
      running = undefined
      pieces = []
      bytes = 0
    },
  }
}
