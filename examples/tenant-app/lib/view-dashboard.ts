// What the dashboard has to show.
import 'server-only'
import { charts, headings } from '../generated/charts'
import { toSampleSize } from './budget'
import { type Connected, listConnected } from './connected'
import { read } from './database'
import { describeFailure, type Failure, toFailure } from './failure'
import { loadCharts, type StreamCharts } from './load-charts'
import { readOverview, type StreamState } from './overview'
import type { Stream } from './stream'

export interface ChartedStream extends StreamCharts {
  stream: Stream
  heading: string
}

export type DashboardView =
  | {
      state: 'ready'
      connected: readonly Connected[]
      /** By slug. */
      streams: ReadonlyMap<string, StreamState>
      charted: readonly ChartedStream[]
    }
  /** Nothing is connected, or no flag is on. */
  | { state: 'nothingConnected' }
  | { state: 'failed'; failure: Failure }

/** Never throws. A stream whose charts fail has none, and the others theirs. */
export async function viewDashboard(): Promise<DashboardView> {
  const connected = listConnected()
  if (connected.length === 0) return { state: 'nothingConnected' }
  const streams = connected.flatMap((one) => one.streams)
  try {
    const overview = await read((reader) => readOverview(reader, streams))
    const isBig = ({ slug }: Stream) => isAbout(overview.get(slug)) && charts.some((chart) => chart.stream === slug)
    const size = toSampleSize(streams.filter(isBig).length)
    const charted: ChartedStream[] = []
    // One after the other: side by side they would wait for each other, and for everybody else's pages.
    for (const stream of streams) charted.push(...(await loadFor(stream, overview.get(stream.slug), size)))
    return { state: 'ready', connected, streams: overview, charted }
  } catch (error) {
    console.error(`dashboard: ${describeFailure(error)}`)
    return { state: 'failed', failure: toFailure(error) }
  }
}

const isAbout = (found: StreamState | undefined) => found?.state === 'landed' && found.count.exactness === 'about'

async function loadFor(stream: Stream, found: StreamState | undefined, size: number): Promise<ChartedStream[]> {
  const own = charts.filter((one) => one.stream === stream.slug)
  if (own.length === 0 || found?.state !== 'landed') return []
  try {
    const loaded = await read((reader) => loadCharts(reader, stream, own, found.count, size))
    const heading = (Object.hasOwn(headings, stream.slug) && headings[stream.slug]) || stream.title
    return loaded.figures.length > 0 ? [{ stream, heading, ...loaded }] : []
  } catch (error) {
    console.error(`charts of ${stream.slug}: ${describeFailure(error)}`)
    return []
  }
}
