import { useMessages } from '../messages/use-messages.js'
import { DataTable } from '../ui/data-table.js'
import { VisuallyHidden } from '../ui/visually-hidden.js'
import type { StreamProgressRow } from './stream-progress.js'

/** Rows of each stream as bars, largest first; each bar stands in a table beside its number, so nothing is only a picture. */
export function RowsPlot({ streams }: { streams: readonly StreamProgressRow[] }) {
  const { sync } = useMessages()
  const rows = [...streams].sort((a, b) => b.rowsCommitted - a.rowsCommitted)
  const most = Math.max(1, rows[0]?.rowsCommitted ?? 0)
  return (
    <div className="opsai-plot">
      <DataTable
        caption={sync.plotTitle}
        rows={rows}
        rowKey={({ key }) => key}
        columns={[
          { key: 'key', header: sync.stream },
          {
            key: 'bar',
            header: <VisuallyHidden>{sync.plotTitle}</VisuallyHidden>,
            cell: (row) => <Bar share={row.rowsCommitted / most} />,
          },
          { key: 'rows', header: sync.rowsHead, align: 'end', cell: (row) => row.rowsCommitted.toLocaleString() },
          { key: 'size', header: sync.sizeHead, align: 'end', cell: (row) => sync.bytes(row.bytesCommitted) },
        ]}
      />
    </div>
  )
}

/** Width by attribute: a strict CSP forbids style attributes in markup. A stream with rows never shows nothing. */
function Bar({ share }: { share: number }) {
  const width = share === 0 ? 0 : Math.max(share * 100, 1)
  return (
    <svg className="opsai-plot-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <rect className="opsai-plot-track" width="100" height="8" />
      <rect className="opsai-plot-fill" width={width} height="8" />
    </svg>
  )
}
