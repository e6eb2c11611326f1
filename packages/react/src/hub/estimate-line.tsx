import type { ConnectionStream, Estimate, StreamEstimate } from '@opsai/contract'
import { useDebounced } from '../catalog/use-debounced.js'
import { useMessages } from '../messages/use-messages.js'
import { useEstimate } from '../queries/cost.js'
import { DataTable } from '../ui/data-table.js'
import { describeCredits, describeFigure } from './describe-cost.js'

/** Milliseconds a selection has to stand still before it is asked for. */
const QUIET_MS = 400

/**
 * What the chosen streams would use, in one quiet line that opens. Nothing while it is not known: a guess of what a sync
 * costs keeps nobody from starting one.
 */
export function EstimateLine({ sourceId, streams }: { sourceId: string; streams: ConnectionStream[] }) {
  const settled = useDebounced(JSON.stringify(streams), QUIET_MS)
  const chosen = JSON.parse(settled) as ConnectionStream[]
  const { data } = useEstimate(chosen.length > 0 ? { sourceId, streams: chosen } : undefined)
  if (!data || chosen.length === 0) return null
  return <EstimateDetails estimate={data} />
}

function EstimateDetails({ estimate }: { estimate: Estimate }) {
  const { cost: texts, sync } = useMessages()
  const { total, rate, syncsPerMonth } = estimate
  return (
    <details className="opsai-cost" data-part="estimate" data-known={total.firstRows.known}>
      <summary>
        {texts.estimate(
          describeFigure(texts, total.firstRows, sync.rows),
          describeFigure(texts, total.rowsPerMonth, sync.rows),
          describeCredits(texts, rate, total.creditsPerMonth),
        )}
      </summary>
      <DataTable
        caption={texts.estimateTitle}
        rows={estimate.streams}
        rowKey={({ namespace = '', name }) => `${namespace}.${name}`}
        columns={[
          { key: 'name', header: sync.stream },
          { key: 'first', header: texts.firstHead, cell: FirstCell },
          { key: 'month', header: texts.monthHead, cell: MonthCell },
          { key: 'requests', header: texts.requestsHead, cell: RequestsCell },
        ]}
      />
      <p>{texts.syncs(describeFigure(texts, syncsPerMonth, texts.times))}</p>
      {rate.edition === 'cloud' && <p>{texts.rate(rate.credits, rate.by, rate.asOf)}</p>}
    </details>
  )
}

const FirstCell = ({ firstRows }: StreamEstimate) => <FigureText figure={firstRows} unit="rows" />
const MonthCell = ({ rowsPerMonth }: StreamEstimate) => <FigureText figure={rowsPerMonth} unit="rows" />
const RequestsCell = ({ requestsPerMonth }: StreamEstimate) => <FigureText figure={requestsPerMonth} unit="requests" />

function FigureText({ figure, unit }: { figure: StreamEstimate['firstRows']; unit: 'rows' | 'requests' }) {
  const { cost: texts, sync } = useMessages()
  return describeFigure(texts, figure, unit === 'rows' ? sync.rows : texts.requests)
}
