// What the page of one row has to show.
import 'server-only'
import { decodeAddress } from './cursor'
import { read } from './database'
import { describeFailure, type Failure, toFailure } from './failure'
import { findRow } from './find-row'
import type { Row, Stream } from './stream'

export type RowView =
  | { state: 'row'; row: Row }
  /** It was never there, or a sync has replaced it. */
  | { state: 'gone' }
  | { state: 'failed'; failure: Failure }

/** Never throws. */
export async function viewRow(stream: Stream, address: string): Promise<RowView> {
  const parsed = decodeAddress(address)
  if (!parsed) return { state: 'gone' }
  try {
    const row = await read((reader) => findRow(reader, stream, parsed))
    return row ? { state: 'row', row } : { state: 'gone' }
  } catch (error) {
    const failure = toFailure(error)
    // A key of another type can't be anybody's.
    if (failure === 'address') return { state: 'gone' }
    console.error(`${stream.slug}: ${describeFailure(error)}`)
    return { state: 'failed', failure }
  }
}
