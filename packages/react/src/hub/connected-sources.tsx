import type { Source } from '@opsai/contract'
import { useState } from 'react'
import { useMessages } from '../messages/use-messages.js'
import { ErrorNotice } from '../provider/error-notice.js'
import { useConnections } from '../queries/connections.js'
import { useConnectorsByType } from '../queries/connector.js'
import { useConnectedSources } from '../queries/sources.js'
import { Alert } from '../ui/alert.js'
import { Skeleton, SkeletonGroup } from '../ui/skeleton.js'
import { ConnectedSource } from './connected-source.js'
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
  const updated = hub.flow.step === 'choosing' ? byId(hub.flow.updatedSourceId) : undefined
  return (
    <section className="opsai-connected" aria-label={texts.connectedTitle}>
      <h3 className="opsai-catalog-heading">
        {texts.connectedTitle} <span className="opsai-catalog-count">{sources.data.length}</span>
      </h3>
      {updated && <Alert tone="success">{texts.updated(updated.name)}</Alert>}
      <ul className="opsai-connected-list">
        {sources.data.map((source) => (
          <ConnectedSource
            key={source.sourceId}
            hub={hub}
            source={source}
            connection={connections.isSuccess ? (toConnection(source) ?? null) : undefined}
            connector={connectors.get(source.sourceType)}
            isManaged={managedId === source.sourceId}
            onManage={(isWanted) => setManagedId(isWanted ? source.sourceId : undefined)}
          />
        ))}
      </ul>
    </section>
  )
}
