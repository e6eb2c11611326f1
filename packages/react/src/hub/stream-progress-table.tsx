import { useMessages } from '../messages/use-messages.js'
import { Badge } from '../ui/badge.js'
import { DataTable } from '../ui/data-table.js'
import { Spinner } from '../ui/spinner.js'
import type { StreamProgressRow } from './stream-progress.js'

/** Rows and bytes of each stream as they come in. */
export function StreamProgressTable({ streams, caption }: { streams: StreamProgressRow[]; caption: string }) {
  const { sync } = useMessages()
  return (
    <DataTable
      caption={caption}
      rows={streams}
      rowKey={({ key }) => key}
      columns={[
        { key: 'key', header: sync.stream },
        { key: 'rows', header: sync.rowsHead, align: 'end', cell: (row) => row.rowsCommitted.toLocaleString() },
        { key: 'size', header: sync.sizeHead, align: 'end', cell: (row) => sync.bytes(row.bytesCommitted) },
        { key: 'state', header: sync.stateHead, cell: StateCell },
      ]}
    />
  )
}

function StateCell({ state }: StreamProgressRow) {
  return <StreamStateBadge state={state} />
}

function StreamStateBadge({ state }: Pick<StreamProgressRow, 'state'>) {
  const { sync } = useMessages()
  if (state === 'reading') {
    return (
      <Badge tone="info">
        <Spinner /> {sync.reading}
      </Badge>
    )
  }
  return <Badge tone={state === 'read' ? 'success' : 'neutral'}>{sync[state]}</Badge>
}
