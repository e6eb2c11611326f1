import { useMessages } from '../messages/use-messages.js'
import { Alert } from '../ui/alert.js'
import { Button } from '../ui/button.js'
import { Spinner } from '../ui/spinner.js'
import type { OAuthPopupState, SignInFailure } from './oauth-popup.types.js'

export interface OAuthStatusProps {
  state: OAuthPopupState
  /** The provider's name, as the user knows it. */
  name: string
  onSignIn: () => void
  onReopen: () => void
  /** "Continue in this tab"; not offered without it. */
  onContinueHere?: (() => void) | undefined
  onCancel: () => void
}

/**
 * A sign-in's button and everything it can turn into. Draws a state and nothing else; `useOAuthPopup` makes it live.
 *
 * @example
 * <OAuthStatus state={state} name="HubSpot" onSignIn={signIn} onReopen={reopen} onCancel={cancel} />
 */
export function OAuthStatus(props: OAuthStatusProps) {
  const { state } = props
  return (
    <div className="opsai-oauth" data-part="oauth" data-state={state.name}>
      <StatusBody {...props} />
    </div>
  )
}

function StatusBody({ state, name, onSignIn, onReopen, onContinueHere, onCancel }: OAuthStatusProps) {
  const { oauth } = useMessages()
  switch (state.name) {
    case 'idle':
      return (
        <>
          <Button variant="primary" onClick={onSignIn}>
            {oauth.signIn(name)}
          </Button>
          <p className="opsai-oauth-hint">{oauth.signInHint(name)}</p>
        </>
      )
    case 'opening':
      return <Waiting text={oauth.opening(name)} onCancel={onCancel} />
    case 'awaitingUser':
      return (
        <Waiting
          text={state.isWindowGone ? oauth.stillWaiting(name) : oauth.waiting(name)}
          onReopen={onReopen}
          onCancel={onCancel}
        />
      )
    case 'blocked':
      return (
        <Blocked
          isOffered={state.reason === 'offered'}
          name={name}
          onReopen={onReopen}
          onContinueHere={onContinueHere}
          onCancel={onCancel}
        />
      )
    case 'away':
      return <Waiting text={oauth.away(name)} onContinueHere={onContinueHere} onCancel={onCancel} />
    case 'confirming':
      return <Waiting text={oauth.finishing} />
    case 'cancelling':
      return <Waiting text={oauth.cancelling} />
    case 'authorized':
      return <Alert tone="success">{oauth.authorized(name)}</Alert>
    case 'failed':
      return <Failed failure={state.failure} onSignIn={onSignIn} />
  }
}

interface WaitingProps {
  text: string
  onReopen?: () => void
  onContinueHere?: (() => void) | undefined
  onCancel?: () => void
}

function Waiting({ text, onReopen, onContinueHere, onCancel }: WaitingProps) {
  const { oauth } = useMessages()
  return (
    <div className="opsai-oauth-waiting">
      <p className="opsai-oauth-text" role="status">
        <Spinner /> {text}
      </p>
      <div className="opsai-oauth-actions">
        {onReopen && <Button onClick={onReopen}>{oauth.reopen}</Button>}
        {onContinueHere && <Button onClick={onContinueHere}>{oauth.continueHere}</Button>}
        {onCancel && (
          <Button variant="quiet" onClick={onCancel}>
            {oauth.cancel}
          </Button>
        )}
      </div>
    </div>
  )
}

function Blocked({
  isOffered,
  name,
  onReopen,
  onContinueHere,
  onCancel,
}: { isOffered: boolean; name: string } & Omit<OAuthStatusProps, 'state' | 'onSignIn'>) {
  const { oauth } = useMessages()
  return (
    <>
      <Alert tone={isOffered ? 'info' : 'warning'} {...(!isOffered && { title: oauth.blockedTitle })}>
        {isOffered ? oauth.offeredText(name) : oauth.blockedText}
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

function Failed({ failure, onSignIn }: { failure: SignInFailure; onSignIn: () => void }) {
  const { oauth } = useMessages()
  const { code, displayMessage, remedy } = failure
  const own = Object.entries(oauth.reasons).find(([reason]) => reason === code)?.[1]
  return (
    <>
      <Alert tone="danger" title={oauth.failedTitle}>
        {displayMessage ?? own ?? oauth.reasons.other} {remedy}
      </Alert>
      {code !== 'sandboxed_frame' && (
        <div className="opsai-oauth-actions">
          <Button variant="primary" onClick={onSignIn}>
            {oauth.retry}
          </Button>
        </div>
      )}
    </>
  )
}
