import type { BusinessProfile } from '@opsai/contract'
import { ConnectorCatalog } from '../../catalog/connector-catalog.js'
import { useMessages } from '../../messages/use-messages.js'
import { ErrorNotice } from '../../provider/error-notice.js'
import { useConnections } from '../../queries/connections.js'
import { Button } from '../../ui/button.js'
import { ConnectedSources } from '../connected-sources.js'
import { StepFrame } from '../step-frame.js'
import type { IntegrationHub } from '../use-integration-hub.js'

export interface ChooseStepProps {
  hub: IntegrationHub
  businessProfile: BusinessProfile | undefined
}

/** Step 1: what is connected already, and what may be. */
export function ChooseStep({ hub, businessProfile }: ChooseStepProps) {
  const messages = useMessages()
  const { data: connections = [] } = useConnections()
  const { finish, finishing } = hub
  return (
    <StepFrame
      title={messages.catalog.title}
      footer={
        connections.length > 0 && (
          <Button variant="primary" state={finishing.state} onClick={() => void finish()}>
            {messages.hub.finish}
          </Button>
        )
      }
    >
      {finishing.error !== undefined && <ErrorNotice title={messages.hub.errorTitle} error={finishing.error} />}
      <ConnectedSources hub={hub} />
      <ConnectorCatalog businessProfile={businessProfile} onChoose={hub.chooseConnector} headingLevel={3} />
    </StepFrame>
  )
}
