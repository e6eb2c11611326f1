import { useMessages } from '../messages/use-messages.js'
import { ErrorNotice } from '../provider/error-notice.js'
import { Button } from '../ui/button.js'
import { CheckProblemNotice } from './check-problem-notice.js'
import type { useConnectSource } from './use-connect-source.js'

/** Why the source is not connected, near the button, with what to do. */
export function ConnectNotice({ connect }: { connect: ReturnType<typeof useConnectSource> }) {
  const { hub } = useMessages()
  const { problem, testAgain } = connect
  if (!problem) return null
  if (problem.kind === 'error') {
    // Said at its fields, and above the buttons.
    if (problem.fieldErrors.length > 0) return null
    return <ErrorNotice title={hub.errorTitle} error={problem.error} />
  }
  return (
    <CheckProblemNotice
      problem={problem}
      title={hub.testFailedTitle}
      action={
        testAgain && (
          <Button size="small" onClick={() => void testAgain()}>
            {hub.testAgain}
          </Button>
        )
      }
    />
  )
}
