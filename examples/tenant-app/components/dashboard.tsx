import { formatAge, formatCount, formatWhole } from '../lib/format'
import type { ChartFigures } from '../lib/load-charts'
import type { StreamState } from '../lib/overview'
import type { Connected } from '../lib/connected'
import { findColumn, type Stream } from '../lib/stream'
import type { ChartedStream, DashboardView } from '../lib/view-dashboard'
import { SeriesChart } from './series-chart'
import { TopChart } from './top-chart'
import { Total } from './total'

/** Charts first, then how much there is of everything. */
export const Dashboard = ({ view, now }: { view: Extract<DashboardView, { state: 'ready' }>; now: Date }) => (
  <>
    {view.charted.map((charted) => (
      <Charts
        key={charted.stream.slug}
        charted={charted}
        connector={view.connected.length > 1 ? toConnectorTitle(view.connected, charted.stream) : undefined}
        found={view.streams.get(charted.stream.slug)}
      />
    ))}
    <section className="all" aria-labelledby="all-data">
      <h2 id="all-data">All data</h2>
      {view.connected.map(({ connector, streams }) => (
        <section key={connector.id} aria-label={connector.title}>
          <h3>{connector.title}</h3>
          <ul className="tiles">
            {streams.map((stream) => (
              <li key={stream.slug}>
                <a href={`/streams/${stream.slug}`}>{stream.title}</a>
                <State found={view.streams.get(stream.slug)} now={now} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </section>
  </>
)

function State({ found, now }: { found: StreamState | undefined; now: Date }) {
  if (found?.state !== 'landed')
    return (
      <p className="faint" data-state="syncing">
        Not synced yet
      </p>
    )
  return (
    <p className="faint" data-state={found.count.rows === 0 ? 'empty' : 'rows'}>
      {formatCount(found.count)}
      {found.newest && <span>newest {formatAge(found.newest, now)}</span>}
    </p>
  )
}

/** Streams of two connectors may have one name. */
const toConnectorTitle = (connected: readonly Connected[], { connector: id }: Stream) =>
  connected.find(({ connector }) => connector.id === id)?.connector.title

interface ChartsProps {
  charted: ChartedStream
  /** Its title, where there are several. */
  connector: string | undefined
  found: StreamState | undefined
}

function Charts({ charted, connector, found }: ChartsProps) {
  const { stream, heading, figures, sampled } = charted
  const id = `charts-${stream.slug}`
  return (
    <section className="charts" aria-labelledby={id}>
      <header>
        <h2 id={id}>
          <a href={`/streams/${stream.slug}`}>{heading}</a>
        </h2>
        <p className="faint">
          {connector !== undefined && `${connector} · `}
          {found?.state === 'landed' && formatCount(found.count)}
          {sampled !== undefined && `, estimated from a sample of ${formatWhole(sampled)}`}
        </p>
      </header>
      <div className="cards">
        {figures.map((figure) => (
          <Figure
            key={`${figure.chart.kind} ${figure.chart.column}`}
            figure={figure}
            label={findColumn(stream, figure.chart.column)?.label ?? ''}
            sampling={sampled === undefined ? 'exact' : 'estimated'}
          />
        ))}
      </div>
    </section>
  )
}

export type Sampling = 'exact' | 'estimated'

interface FigureProps {
  figure: ChartFigures
  /** Of its column. */
  label: string
  sampling: Sampling
}

function Figure({ figure, label, sampling }: FigureProps) {
  switch (figure.kind) {
    case 'series':
      return <SeriesChart title={figure.chart.title} label={label} series={figure.series} sampling={sampling} />
    case 'top':
      return <TopChart title={figure.chart.title} values={figure.values} others={figure.others} />
    case 'total':
      return <Total title={figure.chart.title} groups={figure.groups} of={figure.of} sampling={sampling} />
  }
}
