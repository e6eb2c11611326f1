// One stream as a file: the type of its rows, and what the pages go by.
import { chooseListColumns } from '../choose/list-columns.js'
import { findHeading } from '../choose/roles.js'
import { toJsonType } from '../code/json-type.js'
import { toKey, toLiteral } from '../code/literal.js'
import type { ColumnFacts } from '../facts.js'
import { toLabel } from '../names/labels.js'
import { toTypeName } from '../names/slugs.js'
import type { AppStream } from './app-stream.js'
import { header } from './header.js'

/** The type of a column's values: any may be null. */
function toValueType({ type, schema }: ColumnFacts): string {
  if (type === 'boolean') return 'boolean | null'
  if (type !== 'json') return 'string | null'
  const inner = toJsonType(schema)
  return inner === 'Json' ? inner : `${inner} | null`
}

/** @param connector the id of the connector it comes from */
export function printStream(stream: AppStream, connector: string): string {
  const rowType = `${toTypeName(stream.identifier)}Row`
  const heading = findHeading(stream)
  const value = {
    slug: stream.slug,
    connector,
    title: stream.title,
    singular: stream.singular,
    table: stream.table,
    key: stream.primaryKey,
    ...(stream.cursor !== undefined && { cursor: stream.cursor }),
    ...(heading && { heading: heading.name }),
    list: chooseListColumns(stream),
    columns: stream.columns.map(({ name, type }) => ({ name, type, label: toLabel(name) })),
  }
  const declaration = `export const ${stream.identifier}: Stream<${rowType}> = `
  const types = stream.columns.map((column) => `  ${toKey(column.name)}: ${toValueType(column)}\n`).join('')
  const usesJson = /\bJson\b/.test(types)
  return [
    header,
    `import type { ${usesJson ? 'Json, ' : ''}Stream } from '../../lib/stream'\n\n`,
    '/** Whole and decimal numbers and times are text, exactly as Postgres writes them: a number would lose digits. */\n',
    `export type ${rowType} = {${types ? `\n${types}` : ''}}\n\n`,
    `${declaration}${toLiteral(value, declaration.length)}\n`,
  ].join('')
}
