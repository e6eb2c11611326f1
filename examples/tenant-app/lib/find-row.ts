// One row, found again by its address.
import 'server-only'
import type { RowAddress } from './cursor'
import type { Reader } from './database'
import { arrival, rowId } from './order'
import { Parameters, quoteName, quoteNames, quoteTable } from './sql'
import type { Row, Stream } from './stream'

/** Of several rows with one key the newest: a stream that is appended to keeps them all. */
export async function findRow<R>(reader: Reader, stream: Stream<R>, address: RowAddress): Promise<R | undefined> {
  const parameters = new Parameters()
  const wanted =
    address.by === 'key'
      ? stream.key.map((name, index) => [name, address.values[index] ?? ''] as const)
      : ([
          [arrival, address.arrival],
          [rowId, address.id],
        ] as const)
  if (wanted.length === 0 || (address.by === 'key' && address.values.length !== stream.key.length)) return undefined
  const where = wanted.map(([name, value]) => `${quoteName(name)} = ${parameters.add(value)}`).join(' AND ')
  const names = [...new Set([...stream.columns.map(({ name }) => name), rowId, arrival])]
  const table = quoteTable(reader.schema, stream.table)
  const text = `SELECT ${quoteNames(names)} FROM ${table} WHERE ${where} ORDER BY ${quoteName(arrival)} DESC LIMIT 1`
  const [row] = await reader.query({ text, values: parameters.values })
  return row as R | undefined
}

/** By its key where that finds it, for a key outlives a sync; else by when it arrived, which is indexed too. */
export function toAddress(stream: Stream, row: Row, isKeyQuick: boolean): RowAddress {
  const key = stream.key.map((name) => row[name])
  const isWhole = key.length > 0 && key.every((value) => value !== null && value !== undefined)
  return isWhole && isKeyQuick
    ? { by: 'key', values: key.map(String) }
    : { by: 'arrival', arrival: String(row[arrival]), id: String(row[rowId]) }
}
