// The files that list what there is: connectors, streams, links, charts.
import type { Chart } from '../choose/charts.js'
import type { Link } from '../choose/links.js'
import { type Plain, toLiteral } from '../code/literal.js'
import type { AppStream } from './app-stream.js'
import { header } from './header.js'

const printList = (doc: string, name: string, type: string, items: readonly Plain[]) => {
  const declaration = `export const ${name}: readonly ${type}[] = `
  return `${header}import type { ${type} } from '../lib/stream'\n\n${doc}${declaration}${toLiteral(items, declaration.length)}\n`
}

/** A connector of the app: a heading in its menu, and the flag that shows or hides it. */
export type AppConnector = { id: string; title: string; flag: string }

export const printConnectors = (connectors: readonly AppConnector[]) =>
  printList(
    '/** What is connected. A connector is shown while its flag is `true` in the environment. */\n',
    'connectors',
    'Connector',
    connectors,
  )

export const printLinks = (links: readonly Link[], slugOf: (table: string) => string) =>
  printList(
    '/** Columns whose values are keys of another stream. */\n',
    'links',
    'Link',
    links.map(({ from, column, to }) => ({ from: slugOf(from), column, to: slugOf(to) })),
  )

/** @param headings by slug, where a stream's charts stand under another heading than its own name */
export function printCharts(
  charts: readonly (Chart & { stream: string })[],
  headings: Readonly<Record<string, string>>,
) {
  const list = printList('/** What the dashboard shows, in its order. */\n', 'charts', 'Chart', charts)
  const declaration = 'export const headings: Readonly<Record<string, string>> = '
  const doc = "/** What stands above a stream's charts, where it is not the stream's own name. */\n"
  return `${list}\n${doc}${declaration}${toLiteral(headings, declaration.length)}\n`
}

export function printStreams(streams: readonly AppStream[]): string {
  const imports = streams.map(({ identifier, slug }) => `import { ${identifier} } from './streams/${slug}'\n`).join('')
  const declaration = 'export const streams: readonly Stream[] = '
  const names = streams.map(({ identifier }) => identifier)
  const flat = `[${names.join(', ')}]`
  const list = declaration.length + flat.length <= 120 ? flat : `[\n${names.map((name) => `  ${name},\n`).join('')}]`
  return `${header}import type { Stream } from '../lib/stream'\n${imports}\n/** Every stream, connected or not: \`lib/connected.ts\` tells which are. */\n${declaration}${list}\n`
}

export const printApp = (name: string) => `${header}
/** What the app is called. */
export const app = ${toLiteral({ name })}
`
