import type { UsedStream } from '@opsai/contract'
import { useMessages } from '../messages/use-messages.js'
import { useConnectionUsage } from '../queries/cost.js'
import { Alert } from '../ui/alert.js'
import { DataTable } from '../ui/data-table.js'
import { describeCredits } from './describe-cost.js'

/** What a connection has used, in one quiet line that opens, and which streams bring nothing. Nothing while not known. */
export function UsageLine({ connectionId }: { connectionId: string }) {
  const { cost: texts, sync } = useMessages()
  const { data: usage } = useConnectionUsage(connectionId)
  if (!usage || usage.jobs.length === 0) return null
  const { days, jobs, rows, bytes, credits, rate, streams, unused, unusedAfterDays, jobsNotSeen } = usage
  return (
    <div className="opsai-cost-lines">
      <details className="opsai-cost" data-part="usage">
        <summary>
          {texts.usage(days, jobs.length, sync.rows(rows), sync.bytes(bytes), describeCredits(texts, rate, credits))}
        </summary>
        <DataTable
          caption={texts.usageTitle(days)}
          rows={streams}
          rowKey={({ namespace = '', name }) => `${namespace}.${name}`}
          columns={[
            { key: 'name', header: sync.stream },
            { key: 'rows', header: sync.rowsHead, align: 'end', cell: RowsCell },
            { key: 'bytes', header: sync.sizeHead, align: 'end', cell: BytesCell },
          ]}
        />
        {jobsNotSeen > 0 && <p>{texts.notSeen(jobsNotSeen)}</p>}
      </details>
      {unused.length > 0 && (
        <Alert tone="info">
          {texts.unused(
            unused.map(({ name }) => name),
            unusedAfterDays,
          )}
        </Alert>
      )}
    </div>
  )
}

const RowsCell = ({ rows }: UsedStream) => rows.toLocaleString()

function BytesCell({ bytes }: UsedStream) {
  const { sync } = useMessages()
  return sync.bytes(bytes)
}
