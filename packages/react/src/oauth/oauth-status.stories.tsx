import type { Meta, StoryObj } from '@storybook/react-vite'
import type { OAuthPopupState } from './oauth-popup.types.js'
import { OAuthStatus } from './oauth-status.js'

const nothing = () => undefined
const flowId = 'AAAAAAAAAAAAAAAAAAAAAA'

const meta: Meta<typeof OAuthStatus> = {
  title: 'OAuth/OAuthStatus',
  component: OAuthStatus,
  args: { name: 'HubSpot', onSignIn: nothing, onReopen: nothing, onCancel: nothing },
}
export default meta
type Story = StoryObj<typeof OAuthStatus>

const at = (state: OAuthPopupState): Story => ({ args: { state } })

export const Idle = at({ name: 'idle' })
export const Opening = at({ name: 'opening', flowId })
export const Waiting = at({ name: 'awaitingUser', flowId, status: 'authorizing', isWindowGone: false })
export const WindowGone = at({ name: 'awaitingUser', flowId, status: 'authorizing', isWindowGone: true })
export const Blocked = at({ name: 'blocked', flowId, reason: 'popup_blocked' })
export const Offered = at({
  name: 'blocked',
  flowId,
  reason: 'offered',
  link: { authUrl: 'https://proxy.example/start', opensIn: 'window' },
})
export const Finishing = at({ name: 'confirming', flowId, status: 'creating' })
export const InThisTab = at({ name: 'away', flowId, status: 'authorizing' })
export const Sandboxed = at({ name: 'failed', flowId, failure: { code: 'sandboxed_frame' } })
export const Denied = at({ name: 'failed', flowId, failure: { code: 'denied' } })
export const ProviderError = at({
  name: 'failed',
  flowId,
  failure: {
    code: 'provider_error',
    displayMessage: 'HubSpot reported a problem: “account suspended”.',
    remedy: 'Check your account there, then try again.',
  },
})
export const Authorized = at({ name: 'authorized', flowId, sourceId: 'src_1' })
