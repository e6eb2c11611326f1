import { MOST_SEARCHED } from './budget'
import type { ColumnType, Stream } from './stream'

const searched: readonly ColumnType[] = ['text', 'integer', 'decimal', 'date']

/** The columns a search looks in: those the table shows first, no documents. */
export function toSearchedColumns(stream: Stream): string[] {
  const shown = stream.columns.filter(({ name }) => stream.list.includes(name))
  const names = [...new Set([...shown, ...stream.columns])].filter(({ type }) => searched.includes(type))
  return names.slice(0, MOST_SEARCHED).map(({ name }) => name)
}

/** Whether a text can be a value of a key, so that an index may look for it in the whole table. */
export function canBeKey(type: ColumnType, text: string): boolean {
  if (type === 'integer') return /^-?\d{1,18}$/.test(text)
  if (type === 'decimal') return /^-?\d{1,30}(\.\d{1,30})?$/.test(text)
  return type === 'text'
}
