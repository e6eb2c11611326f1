import { useMessages } from '../messages/use-messages.js'
import { Button } from '../ui/button.js'
import { Dialog } from '../ui/dialog.js'
import type { LeaveGuard } from './use-leave-guard.js'

/** The question of {@link LeaveGuard}. Escape and the cross stay. */
export function LeaveDialog({ guard: { question } }: { guard: Pick<LeaveGuard, 'question'> }) {
  const { hub } = useMessages()
  return (
    <Dialog
      open={question !== undefined}
      onOpenChange={() => question?.stay()}
      title={hub.leaveTitle}
      description={hub.leaveText}
      footer={
        <>
          <Button onClick={question?.stay}>{hub.leaveStay}</Button>
          <Button variant="danger" onClick={question?.discard}>
            {hub.leaveDiscard}
          </Button>
        </>
      }
    />
  )
}
