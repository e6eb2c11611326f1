import type { MouseEventHandler } from 'react'
import { useMessages } from '../messages/use-messages.js'
import { ErrorNotice } from '../provider/error-notice.js'
import { Button } from '../ui/button.js'
import { CheckProblemNotice } from './check-problem-notice.js'
import type { useEditSource } from './use-edit-source.js'

export interface EditNoticeProps {
  edit: Pick<ReturnType<typeof useEditSource>, 'problem' | 'mayBeSavedUntested'>
  /** The click of a button that submits the form it stands in. */
  onSaveUntested: MouseEventHandler
}

/** Why an edit is not saved, or is saved but does not work, and the way to save it all the same. */
export function EditNotice({ edit: { problem, mayBeSavedUntested }, onSaveUntested }: EditNoticeProps) {
  const { hub } = useMessages()
  if (!problem) return null
  if (problem.kind === 'error') {
    // Said at its fields, and above the buttons.
    if (problem.fieldErrors.length > 0) return null
    return <ErrorNotice title={problem.saved ? hub.updatedUntestedTitle : hub.errorTitle} error={problem.error} />
  }
  return (
    <CheckProblemNotice
      problem={problem}
      title={problem.saved ? hub.updatedFailingTitle : hub.testFailedTitle}
      action={
        mayBeSavedUntested && (
          <Button type="submit" variant="quiet" size="small" onClick={onSaveUntested}>
            {hub.savingUntested}
          </Button>
        )
      }
    >
      {mayBeSavedUntested && <p>{hub.savingUntestedHint}</p>}
    </CheckProblemNotice>
  )
}
