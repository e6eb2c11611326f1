import { OAuthStatus } from './oauth-status.js'
import { useOAuthPopup, type UseOAuthPopupOptions } from './use-oauth-popup.js'

/** What {@link OAuthButton} takes. */
export interface OAuthButtonProps extends UseOAuthPopupOptions {
  /** The provider's name, as the user knows it: "Sign in to HubSpot". */
  name: string
}

/**
 * "Sign in to HubSpot", with everything that follows the click in its place.
 *
 * @example
 * <OAuthButton sourceType="hubspot" name="HubSpot" onAuthorized={({ sourceId }) => choose(sourceId)} />
 */
export function OAuthButton({ name, ...options }: OAuthButtonProps) {
  const { state, signIn, reopen, continueHere, cancel } = useOAuthPopup(options)
  return (
    <OAuthStatus
      state={state}
      name={name}
      onSignIn={signIn}
      onReopen={reopen}
      onContinueHere={continueHere}
      onCancel={cancel}
    />
  )
}
