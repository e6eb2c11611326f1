import { useMessages } from '../../messages/use-messages.js'
import { useConnections } from '../../queries/connections.js'
import { Button } from '../../ui/button.js'
import { StepFrame } from '../step-frame.js'
import type { IntegrationHub } from '../use-integration-hub.js'

/** After Finish: the host was told; it usually moves on from here. */
export function CompletedStep({ hub }: { hub: IntegrationHub }) {
  const messages = useMessages()
  const { data: connections = [] } = useConnections()
  return (
    <StepFrame
      title={messages.hub.completedTitle}
      intro={messages.hub.completedText(connections.length)}
      footer={<Button onClick={hub.connectAnother}>{messages.hub.connectAnother}</Button>}
    />
  )
}
