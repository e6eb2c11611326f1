import type { Sample, Stream } from '@opsai/contract'
import { useMessages } from '../messages/use-messages.js'
import { ErrorNotice } from '../provider/error-notice.js'
import { useSample } from '../queries/streams.js'
import { Badge } from '../ui/badge.js'
import { DataTable } from '../ui/data-table.js'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.js'

const originTones = { source: 'success', synced: 'info', schema: 'warning' } as const satisfies Record<
  Stream['origin'],
  string
>

/** The first rows of a stream, always with where they came from: made-up rows never pass as real. */
export function SampleRows({ sourceId, stream }: { sourceId: string; stream: Pick<Stream, 'name' | 'namespace'> }) {
  const { streams: texts } = useMessages()
  const sample = useSample(sourceId, stream.name)
  if (sample.isPending) {
    return (
      <SkeletonGroup label={texts.loadingRows}>
        <Skeleton shape="row" />
        <Skeleton shape="row" />
      </SkeletonGroup>
    )
  }
  if (sample.error) {
    return <ErrorNotice title={texts.rowsErrorTitle} error={sample.error} onRetry={() => void sample.refetch()} />
  }
  const found = sample.data.streams.find(
    ({ name, namespace }) => name === stream.name && namespace === stream.namespace,
  )
  if (!found || found.records.length === 0) return <p className="opsai-stream-hint">{texts.noRows}</p>
  return (
    <div className="opsai-sample" data-part="sample" data-origin={found.origin}>
      <Badge tone={originTones[found.origin]}>{texts.origins[found.origin]}</Badge>
      <DataTable
        caption={texts.rowsOf(stream.name)}
        columns={toColumns(sample.data, found).map((name) => ({ key: name, header: name }))}
        rows={found.records}
      />
    </div>
  )
}

/** The schema's columns in its order, then whatever else the rows hold. */
function toColumns({ fields }: Sample, { name, namespace, records }: Stream): string[] {
  const known = fields
    .filter((field) => field.stream === name && field.namespace === namespace)
    .map((field) => field.name)
  return [...new Set([...known, ...records.flatMap((record) => Object.keys(record))])]
}
