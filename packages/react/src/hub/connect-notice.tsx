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
      {problem.message} {problem.remedy}
    </Alert>
  )
}
