// What syncs and samples have told → what an estimate is made from. Pure.
import type { ToldOfStream } from '../store/usage.js'
import type { StreamKnowledge } from './estimate.js'
import { counted, sampled, unknown } from './figures.js'

/** Below it a sync brought what had changed, and not everything again. */
const PART = 0.9

/** A sync has read everything, so it is believed before a sample; a sample that met the end has counted all there is. */
export function toKnowledge(told: ToldOfStream): StreamKnowledge {
  const { first_rows: all, later_rows: later, bytes_per_row: bytes } = told
  const { sample_rows: rows, sample_is_whole: isWhole, sample_bytes: weight } = told
  const perRow = bytes ?? (rows && weight ? weight / rows : undefined)
  return {
    rows: all !== null ? counted(all) : rows === null ? unknown() : isWhole ? counted(rows) : unknown(rows),
    ...(all !== null && later !== null && later < all * PART && { laterRows: sampled(later) }),
    ...(perRow !== undefined && { bytesPerRow: sampled(perRow) }),
  }
}
