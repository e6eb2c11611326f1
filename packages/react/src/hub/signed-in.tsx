import type { Source } from '@opsai/contract'
import { useMessages } from '../messages/use-messages.js'
import { OAuthStatus } from '../oauth/oauth-status.js'
import type { UseOAuthPopup } from '../oauth/use-oauth-popup.js'
import { Alert } from '../ui/alert.js'
import { OpenFlowNotice } from './open-flow-notice.js'

export interface SignedInProps {
  source: Source
  /** The provider's name, as the user knows it. */
  name: string
  popup: UseOAuthPopup
  onSignIn: () => void
}

/** Who is signed in, as far as the last test says, and the way to sign in again. */
export function SignedIn({ source, name, popup, onSignIn }: SignedInProps) {
  const { hub } = useMessages()
  const isFailing = source.checkStatus === 'failed'
  return (
    <div className="opsai-signed-in">
      {popup.state.name === 'idle' && (
        <>
          <Alert tone={isFailing ? 'warning' : 'success'} title={(isFailing ? hub.signInFailing : hub.signedIn)(name)}>
            {isFailing ? hub.signInFailingHint : hub.signedInHint}
          </Alert>
          <OpenFlowNotice {...source} name={name} onAdopt={popup.adopt} />
        </>
      )}
      <OAuthStatus
        state={popup.state}
        name={name}
        purpose="again"
        place={popup.place}
        onSignIn={onSignIn}
        onReopen={popup.reopen}
        onContinueHere={popup.continueHere}
        onCancel={popup.cancel}
      />
    </div>
  )
}
