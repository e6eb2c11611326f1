// A tenant's app as files: the template, and what the tenant has connected. Pure: the same facts give the same bytes.
import { type Advice, type Adviser, checkAdvice } from './choose/advice.js'
import { chooseCharts, countInterest } from './choose/charts.js'
import { findLinks } from './choose/links.js'
import type { ConnectionFacts, Files, StreamFacts } from './facts.js'
import { type AppStream, toAppStreams } from './files/app-stream.js'
import { generatedFolder, manifestPath, printManifest, toManifest } from './files/manifest.js'
import { namePackage, toPackageName } from './files/package-name.js'
import {
  type AppConnector,
  printApp,
  printCharts,
  printConnectors,
  printLinks,
  printStreams,
} from './files/print-lists.js'
import { printStream } from './files/print-stream.js'
import { toSlugs } from './names/slugs.js'

export interface AppFacts {
  tenant: { tenantId: string; name?: string }
  /** What is connected; streams of other connections are left out. */
  connections: readonly ConnectionFacts[]
  streams: readonly StreamFacts[]
  /** The files every app begins with; whatever it has below \`generated/\` is left out. */
  template: Files
  /** What a language model proposes for the dashboard. What of it does not hold is chosen from the columns, as ever. */
  advice?: Advice
}

/** Streams whose charts are on the dashboard: more would be slow, and nobody would look. */
const MOST_CHARTED = 6

/** `google-ads` → `GOOGLE_ADS_ENABLED`, as the tenant's `.env` has it. */
export const toFlagName = (sourceType: string): string =>
  `${sourceType
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '_')
    .replace(/^(?=\d)/, '_')}_ENABLED`

/**
 * Every file of a tenant's app, by its path. Those below `generated/` are rewritten each time, all others are written
 * once: {@link planUpdate} tells what that means for an app that is there already.
 *
 * @example
 * const files = generateApp({ tenant: { tenantId: 'acme' }, connections, streams, template })
 * files['generated/streams/acme-crm-deals.ts']
 */
export function generateApp(facts: AppFacts): Files {
  const name = facts.tenant.name ?? facts.tenant.tenantId
  const connectors = toConnectors(facts.connections)
  const streams = toAppStreams(facts.streams.filter(({ connectionId }) => connectors.has(connectionId)))
  const slugs = new Map(streams.map(({ table, slug }) => [table, slug]))
  const { charts, headings, advisedBy } = toDashboard(streams, facts.advice)
  const generated: Record<string, string> = {
    'app.ts': printApp(name),
    'charts.ts': printCharts(charts, headings),
    'connectors.ts': printConnectors([...connectors.values()]),
    'links.ts': printLinks(findLinks(streams), (table) => slugs.get(table) ?? ''),
    'streams.ts': printStreams(streams),
  }
  for (const stream of streams) {
    generated[`streams/${stream.slug}.ts`] = printStream(stream, connectors.get(stream.connectionId)?.id ?? '')
  }
  const files = { ...withoutGenerated(namePackage(facts.template, toPackageName(name))), ...inFolder(generated) }
  return inOrder({ ...files, [manifestPath]: printManifest(toManifest(files, advisedBy)) })
}

/** In the order of their names; ids and titles tell two of one kind apart. */
function toConnectors(connections: readonly ConnectionFacts[]): Map<string, AppConnector> {
  const sorted = [...connections].sort((a, b) => compare(a.name, b.name) || compare(a.connectionId, b.connectionId))
  const ids = toSlugs(sorted.map(({ connectionId, sourceType }) => `${sourceType} ${connectionId}`))
  const kinds = new Map<string, number>()
  for (const { sourceType } of sorted) kinds.set(sourceType, (kinds.get(sourceType) ?? 0) + 1)
  const plain = toSlugs([...kinds.keys()])
  return new Map(
    sorted.map(({ connectionId, sourceType, name }) => {
      const own = ids.get(`${sourceType} ${connectionId}`) ?? ''
      const id = kinds.get(sourceType) === 1 ? (plain.get(sourceType) ?? own) : own
      return [connectionId, { id, title: name, flag: toFlagName(sourceType) }]
    }),
  )
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

function toDashboard(streams: readonly AppStream[], advice: Advice | undefined) {
  const advised = new Map(checkAdvice(streams, advice?.streams ?? []).map((one) => [one.table, one]))
  const charted = streams.map((stream) => {
    const own = advised.get(stream.table)
    const charts = own?.charts ?? chooseCharts(stream)
    return { stream, charts, heading: own?.title, interest: countInterest(charts) }
  })
  const most = [...charted].sort((a, b) => b.interest - a.interest).slice(0, MOST_CHARTED)
  const shown = charted.filter((one) => most.includes(one))
  const headings = shown.flatMap(({ stream, heading }) =>
    heading === undefined ? [] : [[stream.slug, heading] as const],
  )
  const advisedBy: Adviser = advice && headings.length > 0 ? advice.by : 'rules'
  return {
    charts: shown.flatMap(({ stream, charts }) =>
      charts.map(({ kind, title, column, ...rest }) => ({ stream: stream.slug, kind, title, column, ...rest })),
    ),
    headings: Object.fromEntries(headings),
    advisedBy,
  }
}

const inFolder = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [generatedFolder + path, content]))

const withoutGenerated = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith(generatedFolder)))

const inOrder = (files: Files): Files => Object.fromEntries(Object.entries(files).sort(([a], [b]) => compare(a, b)))
