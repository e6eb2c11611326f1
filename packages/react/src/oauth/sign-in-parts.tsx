// What a sign-in turns into once it was clicked: waiting, blocked, failed. Each with a way on.
import { useMessages } from '../messages/use-messages.js'
import { Alert } from '../ui/alert.js'
import { Button } from '../ui/button.js'
import { Spinner } from '../ui/spinner.js'
import { describeSignIn } from './describe-sign-in.js'
import type { OAuthPopupState, SignInFailure } from './oauth-popup.types.js'
import type { OAuthStatusProps } from './oauth-status.js'

type Subject = Pick<OAuthStatusProps, 'name' | 'purpose'>

const toDetails = ({ name, purpose }: Subject) => ({ name, isAgain: purpose === 'again' })

interface WaitingProps extends Subject {
  text: string
  trouble?: SignInFailure | undefined
  reopenLabel?: string
  onReopen?: () => void
  onContinueHere?: (() => void) | undefined
  onCancel?: (() => void) | undefined
}

export function WaitingSignIn(props: WaitingProps) {
  const { oauth } = useMessages()
  const { text, trouble, onReopen, onContinueHere, onCancel } = props
  return (
    <>
      {trouble && <Trouble {...props} trouble={trouble} />}
      <div className="opsai-oauth-waiting">
        <p className="opsai-oauth-text" role="status">
          <Spinner /> {text}
        </p>
        <div className="opsai-oauth-actions">
          {onReopen && <Button onClick={onReopen}>{props.reopenLabel ?? oauth.reopen}</Button>}
          {onContinueHere && <Button onClick={onContinueHere}>{oauth.continueHere}</Button>}
          {onCancel && (
            <Button variant="quiet" onClick={onCancel}>
              {oauth.cancel}
            </Button>
          )}
        </div>
      </div>
    </>
  )
}

/** Nothing can be said of it at the moment: why, and that it goes on all the same. */
function Trouble({ trouble, ...subject }: Subject & { trouble: SignInFailure }) {
  const { oauth } = useMessages()
  const { message, remedy } = describeSignIn(trouble, toDetails(subject), oauth)
  const isSessionLost = trouble.code === 'session_expired' || trouble.code === 'unauthorized'
  return (
    <div data-part="trouble" data-code={trouble.code}>
      <Alert tone="warning">
        {message} {isSessionLost ? oauth.sessionRemedy : remedy}
      </Alert>
    </div>
  )
}

interface BlockedProps extends Subject, Pick<OAuthStatusProps, 'onReopen' | 'onContinueHere' | 'onCancel'> {
  state: Extract<OAuthPopupState, { name: 'blocked' }>
}

export function BlockedSignIn({ state, onReopen, onContinueHere, onCancel, ...subject }: BlockedProps) {
  const { oauth } = useMessages()
  const { reason, link, trouble } = state
  const isOffered = reason === 'offered'
  const title = link?.opensIn === 'external' ? oauth.blockedOutsideTitle : oauth.blockedTitle
  return (
    <>
      {trouble && <Trouble {...subject} trouble={trouble} />}
      <Alert tone={isOffered ? 'info' : 'warning'} {...(!isOffered && { title })}>
        {isOffered ? oauth.offeredText(subject.name) : oauth.blockedText}
      </Alert>
      <div className="opsai-oauth-actions">
        <Button variant="primary" onClick={onReopen}>
          {oauth.openSignIn}
        </Button>
        {onContinueHere && <Button onClick={onContinueHere}>{oauth.continueHere}</Button>}
        <Button variant="quiet" onClick={onCancel}>
          {oauth.cancel}
        </Button>
      </div>
    </>
  )
}

interface FailedProps extends Subject, Pick<OAuthStatusProps, 'onSignIn' | 'onShowExisting'> {
  flowId: string
  failure: SignInFailure
}

export function FailedSignIn({ flowId, failure, onSignIn, onShowExisting, ...subject }: FailedProps) {
  const { oauth, hub } = useMessages()
  const { message, remedy, reference, wayOn } = describeSignIn(failure, toDetails(subject), oauth, flowId)
  const failed = subject.purpose === 'again' ? oauth.failedAgainTitle : oauth.failedTitle
  const title = failure.code === 'check_failed' ? oauth.testFailedTitle : failed
  // Nothing is wrong with what is there already.
  const look = wayOn === 'show' ? ({ tone: 'info' } as const) : ({ tone: 'danger', title } as const)
  return (
    <div className="opsai-oauth-failed" data-part="sign-in-failed" data-code={failure.code}>
      <Alert {...look}>
        {message} {remedy}
        {reference !== undefined && <span className="opsai-reference"> {hub.reference(reference)}</span>}
      </Alert>
      <div className="opsai-oauth-actions">
        {wayOn === 'show' && onShowExisting && (
          <Button variant="primary" onClick={() => onShowExisting(failure.sourceId)}>
            {oauth.showExisting}
          </Button>
        )}
        {wayOn === 'retry' && (
          <Button variant="primary" onClick={onSignIn}>
            {oauth.retry}
          </Button>
        )}
      </div>
    </div>
  )
}
