import { useMessages } from '../messages/use-messages.js'
import { Alert } from '../ui/alert.js'
import { Button } from '../ui/button.js'
import type { OAuthPopupState, SignInPlace } from './oauth-popup.types.js'
import { BlockedSignIn, FailedSignIn, WaitingSignIn } from './sign-in-parts.js'

export interface OAuthStatusProps {
  state: OAuthPopupState
  /** The provider's name, as the user knows it. */
  name: string
  /** A new source, or a stored one again. @default 'connect' */
  purpose?: 'connect' | 'again' | undefined
  /** Where signing in will open, to say so before the click. @default 'window' */
  place?: SignInPlace | undefined
  onSignIn: () => void
  onReopen: () => void
  /** "Continue in this tab"; not offered without it. */
  onContinueHere?: (() => void) | undefined
  onCancel: () => void
  /** Shows what is connected already, or one source of it; not offered without it. */
  onShowExisting?: ((sourceId: string | undefined) => void) | undefined
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

function StatusBody(props: OAuthStatusProps) {
  const { oauth } = useMessages()
  const { state, name, purpose, onReopen, onContinueHere, onCancel } = props
  const subject = { name, purpose }
  const isAgain = purpose === 'again'
  switch (state.name) {
    case 'idle':
      return <IdleSignIn {...props} />
    case 'opening':
      return <WaitingSignIn {...subject} text={oauth.opening(name)} trouble={state.trouble} onCancel={onCancel} />
    case 'awaitingUser': {
      const isOutside = state.link?.opensIn === 'external'
      const waiting = isOutside ? oauth.waitingOutside(name) : oauth.waiting(name)
      return (
        <WaitingSignIn
          {...subject}
          text={state.isWindowGone ? oauth.stillWaiting(name) : waiting}
          trouble={state.trouble}
          reopenLabel={isOutside ? oauth.reopenOutside : oauth.reopen}
          onReopen={onReopen}
          onContinueHere={state.trouble?.code === 'waiting_unconfirmed' ? onContinueHere : undefined}
          onCancel={onCancel}
        />
      )
    }
    case 'blocked':
      return <BlockedSignIn {...props} state={state} />
    case 'away':
      return (
        <WaitingSignIn
          {...subject}
          text={oauth.away(name)}
          trouble={state.trouble}
          onContinueHere={onContinueHere}
          onCancel={onCancel}
        />
      )
    case 'confirming':
      return (
        <WaitingSignIn
          {...subject}
          text={isAgain ? oauth.finishingAgain : oauth.finishing}
          trouble={state.trouble}
          // Until a page of the host's has said who it was, nothing is made, and that page may be gone for good.
          onCancel={state.status === 'returned' ? onCancel : undefined}
        />
      )
    case 'cancelling':
      return <WaitingSignIn {...subject} text={oauth.cancelling} />
    case 'authorized':
      return <Alert tone="success">{isAgain ? oauth.authorizedAgain(name) : oauth.authorized(name)}</Alert>
    case 'failed':
      return <FailedSignIn {...props} flowId={state.flowId} failure={state.failure} />
  }
}

function IdleSignIn({ name, purpose, place = 'window', onSignIn }: OAuthStatusProps) {
  const { oauth } = useMessages()
  if (purpose === 'again') return <Button onClick={onSignIn}>{oauth.signInAgain}</Button>
  const hints = { window: oauth.signInHint, tab: oauth.signInHintHere, external: oauth.signInHintOutside }
  return (
    <>
      <Button variant="primary" onClick={onSignIn}>
        {oauth.signIn(name)}
      </Button>
      <p className="opsai-oauth-hint">
        {hints[place](name)} {place === 'tab' && oauth.secretsHint}
      </p>
    </>
  )
}
