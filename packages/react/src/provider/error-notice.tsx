import { useMessages } from '../messages/use-messages.js'
import { Alert } from '../ui/alert.js'
import { Button } from '../ui/button.js'
import { describeError } from './describe-error.js'

/** Anything thrown, in the user's words, with what to do about it. */
export function ErrorNotice({ title, error, onRetry }: { title: string; error: unknown; onRetry?: () => void }) {
  const messages = useMessages()
  const { message, remedy, requestId } = describeError(error, messages)
  return (
    <Alert
      tone="danger"
      title={title}
      {...(onRetry && {
        action: (
          <Button size="small" onClick={onRetry}>
            {messages.hub.retry}
          </Button>
        ),
      })}
    >
      {message} {remedy}
      {requestId && <span className="opsai-reference"> {messages.hub.reference(requestId)}</span>}
    </Alert>
  )
}
