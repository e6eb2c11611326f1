import { useMessages } from '../messages/use-messages.js'
import type { UseOAuthPopup } from '../oauth/use-oauth-popup.js'
import { type FlowSubject, useOpenFlow } from '../queries/flows.js'
import { Alert } from '../ui/alert.js'
import { Button } from '../ui/button.js'

export interface OpenFlowNoticeProps extends FlowSubject {
  /** The provider's name, as the user knows it. */
  name: string
  onAdopt: UseOAuthPopup['adopt']
}

/**
 * Says that the same sign-in is under way elsewhere, and goes on with it here; beginning another one stays possible. For
 * where none is under way here.
 */
export function OpenFlowNotice({ name, onAdopt, ...subject }: OpenFlowNoticeProps) {
  const { oauth } = useMessages()
  const flow = useOpenFlow(subject)
  if (!flow) return null
  return (
    <Alert
      tone="info"
      action={
        <Button size="small" onClick={() => onAdopt(flow)}>
          {oauth.adopt}
        </Button>
      }
    >
      {oauth.underWay(name)}
    </Alert>
  )
}
