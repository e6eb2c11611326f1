// COPY text → records, for whoever needs values: samples and anything that is not Postgres.
import { parseCopyLine } from '../load/copy-text.js'
import { toColumnType } from '../load/column-type.js'
import type { JsonSchema, RecordData, RecordsMessage } from './messages.js'

/** A number where JavaScript holds it exactly, else its text. */
function toNumber(text: string): number | string {
  const number = Number(text)
  if (!Number.isFinite(number) || (Number.isInteger(number) && !Number.isSafeInteger(number))) return text
  const digits = text.replace(/^[+-]/, '').replace('.', '').replace(/^0+/, '').replace(/e.*$/i, '')
  return digits.length <= 15 ? number : text
}

function toValue(text: string | null, schema: JsonSchema): unknown {
  if (text === null) return null
  switch (toColumnType(schema)) {
    case 'bigint':
    case 'decimal':
      return toNumber(text)
    case 'boolean':
      return text === 't'
    case 'timestamp':
      return text.replace(' ', 'T')
    case 'timestamp with time zone':
      return text.replace(' ', 'T').replace(/\+00(?=$| )/, 'Z')
    case 'jsonb':
      return parseJson(text)
    default:
      return text
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** The records in a `RECORDS` message, as JSON values. */
export function toRecords({ records }: RecordsMessage, schema: JsonSchema): RecordData[] {
  const lines = records.copyText.toString('utf8').split('\n').slice(0, -1)
  const schemas = records.columns.map((column) => schema.properties?.[column] ?? {})
  return lines.map((line) => {
    const values = parseCopyLine(line)
    return Object.fromEntries(
      records.columns.map((column, index) => [column, toValue(values[index] ?? null, schemas[index]!)]),
    )
  })
}
