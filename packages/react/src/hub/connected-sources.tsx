import type { Connection, Source } from '@opsai/contract'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.js'
import { ErrorNotice } from '../provider/error-notice.js'
import { useConnections } from '../queries/connections.js'
import { useConnectorsByType } from '../queries/connector.js'
import { useConnectedSources } from '../queries/sources.js'
import { Alert } from '../ui/alert.js'
import { Badge } from '../ui/badge.js'
import { Button } from '../ui/button.js'
import { Logo } from '../ui/logo.js'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.js'
import { ManageSource } from './manage-source.js'
import type { IntegrationHub } from './use-integration-hub.js'

/** What this tenant has connected, each with its state. Nothing at all where there is nothing. */
export function ConnectedSources({ hub }: { hub: IntegrationHub }) {
  const { hub: texts, common } = useMessages()
  const sources = useConnectedSources()
  const connections = useConnections()
  const connectors = useConnectorsByType((sources.data ?? []).map(({ sourceType }) => sourceType))
  const [managedId, setManagedId] = useState<string>()

  if (sources.isPending) {
    return (
      <SkeletonGroup label={common.loading}>
        <Skeleton shape="row" />
      </SkeletonGroup>
    )
  }
  if (sources.error) {
    return <ErrorNotice title={texts.errorTitle} error={sources.error} onRetry={() => void sources.refetch()} />
  }
  if (sources.data.length === 0) return null
  const toConnection = ({ sourceId }: Source) =>
    connections.data?.find((connection) => connection.sourceId === sourceId)
  const byId = (id: string | undefined) => sources.data.find(({ sourceId }) => sourceId === id)
  const managed = byId(managedId)
  const updated = hub.flow.step === 'choosing' ? byId(hub.flow.updatedSourceId) : undefined
  return (
    <section className="opsai-connected" aria-label={texts.connectedTitle}>
      <h3 className="opsai-catalog-heading">
        {texts.connectedTitle} <span className="opsai-catalog-count">{sources.data.length}</span>
      </h3>
      {updated && <Alert tone="success">{texts.updated(updated.name)}</Alert>}
      <ul className="opsai-connected-list">
        {sources.data.map((source) => (
          <li key={source.sourceId} className="opsai-connected-row">
            <Logo name={source.name} {...iconOf(connectors.get(source.sourceType))} />
            <SourceSummary source={source} connection={toConnection(source)} />
            <span className="opsai-connected-actions">
              {connections.isSuccess && !toConnection(source) && (
                <Button size="small" onClick={() => hub.send({ type: 'sourceOpened', ...source })}>
                  {texts.chooseStreams}
                </Button>
              )}
              <Button
                size="small"
                variant="quiet"
                aria-label={texts.manageName(source.name)}
                onClick={() => setManagedId(source.sourceId)}
              >
                {texts.manage}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {managed && (
        <ManageSource
          hub={hub}
          source={managed}
          connection={toConnection(managed)}
          onClose={() => setManagedId(undefined)}
        />
      )}
    </section>
  )
}

const iconOf = (connector: { iconUrl?: string | undefined } | undefined) =>
  connector?.iconUrl ? { iconUrl: connector.iconUrl } : {}

const toneOf = { succeeded: 'success', failed: 'danger', cancelled: 'neutral' } as const

function SourceSummary({ source, connection }: { source: Source; connection: Connection | undefined }) {
  const { sync, hub: texts } = useMessages()
  const job = connection?.latestJob
  const tone = Object.entries(toneOf).find(([status]) => status === job?.status)?.[1] ?? 'info'
  return (
    <div className="opsai-connected-text">
      <span className="opsai-connected-name">{source.name}</span>
      <span className="opsai-connected-state">
        {job ? <Badge tone={tone}>{sync.status[job.status]}</Badge> : connection ? texts.never : texts.notSyncing}
        {job && <span>{sync.rows(job.rowsSynced)}</span>}
      </span>
    </div>
  )
}
