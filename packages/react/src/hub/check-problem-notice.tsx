import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.js'
import { Alert } from '../ui/alert.js'
import type { CheckProblem } from './check-problem.js'
import { toMessageParts } from './to-message-parts.js'

export interface CheckProblemNoticeProps {
  problem: CheckProblem
  title: string
  action?: ReactNode
  /** What may be done all the same. */
  children?: ReactNode
}

/** What the other side said and what to do about it. Long messages show their beginning and fold the rest away. */
export function CheckProblemNotice({ problem, title, action, children }: CheckProblemNoticeProps) {
  const { hub } = useMessages()
  const { code, message = '', remedy, fieldErrors } = problem
  // What is said at its field, and in the summary above, is not said a third time.
  const isSaid = fieldErrors.some((error) => error.message === message)
  const { short, whole } = toMessageParts(message)
  return (
    <div data-part="check-problem" data-code={code}>
      <Alert tone="danger" title={title} {...(action !== undefined && { action })}>
        {!isSaid && short} {remedy}
        {whole !== undefined && (
          <details className="opsai-message">
            <summary>{hub.testFailedWhole}</summary>
            <pre>{whole}</pre>
          </details>
        )}
        {children}
      </Alert>
    </div>
  )
}
