import { useMessages } from '../messages/use-messages.js'
import { ErrorNotice } from '../provider/error-notice.js'
import { Alert } from '../ui/alert.js'
import { Button } from '../ui/button.js'
import type { useConnectSource } from './use-connect-source.js'

/** Why the source is not connected, near the button, with what to do. */
export function ConnectNotice({ connect }: { connect: ReturnType<typeof useConnectSource> }) {
  const { hub } = useMessages()
  const { problem, testAgain } = connect
  if (!problem) return null
  if (problem.kind === 'error') return <ErrorNotice title={hub.errorTitle} error={problem.error} />
  // What is said at its field, and in the summary above, is not said a third time.
  const message = problem.fieldErrors.length === 0 && problem.message
  return (
    <Alert
      tone="danger"
      title={hub.testFailedTitle}
      {...(testAgain && {
        action: (
          <Button size="small" onClick={() => void testAgain()}>
            {hub.testAgain}
          </Button>
        ),
      })}
    >
      {message} {problem.remedy}
    </Alert>
  )
}
