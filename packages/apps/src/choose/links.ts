// Columns that hold another stream's key, told by their names: `companyId` beside a stream `companies` with one key.
import type { ColumnFacts, StreamFacts } from '../facts.js'
import { toWords } from '../names/labels.js'

/** A column whose values are keys of another stream of the same connection. */
export interface Link {
  from: string
  column: string
  to: string
}

/** A stream with a name of its own, without what its connection puts before it. */
export type NamedStream = StreamFacts & { baseName: string }

interface Target {
  table: string
  type: ColumnFacts['type']
  words: string
  keyWords: string
}

/** Every link there is, by tables. */
export function findLinks(streams: readonly NamedStream[]): Link[] {
  const byConnection = groupByConnection(streams)
  return streams.flatMap((stream) => {
    const near = (byConnection.get(stream.connectionId) ?? []).flatMap(toTarget)
    return stream.columns.flatMap((column) => {
      const to = isOwnKey(stream, column) ? undefined : findTarget(stream, column, near)
      return to ? [{ from: stream.table, column: column.name, to: to.table }] : []
    })
  })
}

function groupByConnection(streams: readonly NamedStream[]): Map<string, NamedStream[]> {
  const groups = new Map<string, NamedStream[]>()
  for (const stream of streams) groups.set(stream.connectionId, [...(groups.get(stream.connectionId) ?? []), stream])
  return groups
}

/** Only one column can be looked up by one value. */
function toTarget({ table, columns, primaryKey, baseName }: NamedStream): Target[] {
  const [key] = columns.filter(({ name }) => name === primaryKey[0])
  if (primaryKey.length !== 1 || !key) return []
  const words = toWords(baseName)
  const last = words.pop() ?? ''
  return [
    { table, type: key.type, words: [...words, toSingular(last)].join(' '), keyWords: toWords(key.name).join(' ') },
  ]
}

const isOwnKey = ({ primaryKey }: StreamFacts, { name }: ColumnFacts) =>
  primaryKey.length === 1 && primaryKey[0] === name

function findTarget(stream: NamedStream, column: ColumnFacts, targets: readonly Target[]): Target | undefined {
  const words = toWords(column.name)
  const isReference = words.length > 1 && ['id', 'uuid', 'key', 'ref'].includes(words.at(-1) ?? '')
  const meant = words.slice(0, -1).join(' ')
  const fitting = targets.filter(({ type }) => type === column.type)
  const named = fitting.filter(({ words: target }) => isReference && (meant === target || meant.endsWith(` ${target}`)))
  const own = fitting.filter(({ table }) => isReference && meant === 'parent' && table === stream.table)
  const sameKey = fitting.filter(
    ({ keyWords, table }) => keyWords.includes(' ') && keyWords === words.join(' ') && table !== stream.table,
  )
  return [...named.sort((a, b) => b.words.length - a.words.length), ...own, ...sameKey][0]
}

/** Good enough for tables' names. */
export function toSingular(word: string): string {
  if (/(ss|us|is|news|series|species)$/.test(word)) return word
  if (/[^aeiou]ies$/.test(word)) return word.replace(/ies$/, 'y')
  if (/(s|x|z|ch|sh)es$/.test(word)) return word.replace(/es$/, '')
  if (word === 'people') return 'person'
  return word.replace(/s$/, '')
}
