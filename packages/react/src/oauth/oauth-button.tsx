import { OAuthStatus } from './oauth-status.js'
import { useOAuthPopup, type UseOAuthPopupOptions } from './use-oauth-popup.js'

/** What {@link OAuthButton} takes. */
export interface OAuthButtonProps extends UseOAuthPopupOptions {
  /** The provider's name, as the user knows it: "Sign in to HubSpot". */
  name: string
  /** Shows what is connected already, or one source of it, where signing in found that; not offered without it. */
  onShowExisting?: ((sourceId: string | undefined) => void) | undefined
}

/**
 * "Sign in to HubSpot", or with `sourceId` "Sign in again", with everything that follows the click in its place. Inside of
 * a `ConnectorForm` it is what `renderSignIn` returns.
 *
 * @example
 * <OAuthButton sourceType="hubspot" name="HubSpot" signIn="popup" onAuthorized={({ sourceId }) => choose(sourceId)} />
 */
export function OAuthButton({ name, onShowExisting, ...options }: OAuthButtonProps) {
  const { state, place, signIn, reopen, continueHere, cancel } = useOAuthPopup(options)
  return (
    <OAuthStatus
      state={state}
      name={name}
      purpose={options.sourceId === undefined ? 'connect' : 'again'}
      place={place}
      onShowExisting={onShowExisting}
      onSignIn={signIn}
      onReopen={reopen}
      onContinueHere={continueHere}
      onCancel={cancel}
    />
  )
}
