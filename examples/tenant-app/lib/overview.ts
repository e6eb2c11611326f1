// How much there is of every stream, in four statements, however many there are.
import 'server-only'
import { MOST_ROWS } from './budget'
import { countRows, type RowCount } from './count-rows'
import type { Reader } from './database'
import type { Stream } from './stream'
import { readLanded, readNewest } from './table-facts'

/** Counted up to here, where there are few streams; beyond it an estimate will do. */
const toMostCounted = (streams: number) =>
  Math.max(1_000, Math.min(MOST_ROWS, Math.floor(100_000 / Math.max(1, streams))))

export type StreamState = { state: 'syncing' } | { state: 'landed'; count: RowCount; newest: string | undefined }

/** By slug. */
export async function readOverview(reader: Reader, streams: readonly Stream[]): Promise<Map<string, StreamState>> {
  const found = await readLanded(
    reader,
    streams.map(({ table }) => table),
  )
  const landed = [...found.values()]
  const counts = await countRows(reader, landed, toMostCounted(landed.length))
  const newest = await readNewest(reader, landed)
  const states = new Map(
    [...found.keys()].map((name, index): [string, StreamState] => [
      name,
      { state: 'landed', count: counts[index] ?? { exactness: 'exact', rows: 0 }, newest: newest[index] },
    ]),
  )
  return new Map(streams.map(({ slug, table }) => [slug, states.get(table) ?? { state: 'syncing' }]))
}
