import type { Meta, StoryObj } from '@storybook/react-vite'
import { problemCodes } from '@opsai/contract'
import type { OAuthPopupState, SignInFailure } from './oauth-popup.types.js'
import { OAuthStatus, type OAuthStatusProps } from './oauth-status.js'

const nothing = () => undefined
const flowId = 'AAAAAAAAAAAAAAAAAAAAAA'

const meta: Meta<typeof OAuthStatus> = {
  title: 'OAuth/OAuthStatus',
  component: OAuthStatus,
  args: {
    name: 'HubSpot',
    onSignIn: nothing,
    onReopen: nothing,
    onContinueHere: nothing,
    onCancel: nothing,
    onShowExisting: nothing,
  },
}
export default meta
type Story = StoryObj<typeof OAuthStatus>

const at = (state: OAuthPopupState, args: Partial<OAuthStatusProps> = {}): Story => ({ args: { state, ...args } })
const failed = (failure: SignInFailure, args: Partial<OAuthStatusProps> = {}): Story =>
  at({ name: 'failed', flowId, failure }, args)
const waiting = { name: 'awaitingUser', flowId, status: 'authorizing', isWindowGone: false } as const
const outside = { authUrl: 'https://proxy.example/start', opensIn: 'external' } as const

export const Idle = at({ name: 'idle' })
export const IdleInThisTab = at({ name: 'idle' }, { place: 'tab' })
export const IdleOutside = at({ name: 'idle' }, { place: 'external' })
export const IdleAgain = at({ name: 'idle' }, { purpose: 'again' })
export const Opening = at({ name: 'opening', flowId })
export const Waiting = at(waiting)
export const WaitingOutside = at({ ...waiting, link: outside })
export const WindowGone = at({ ...waiting, isWindowGone: true })
/** Nothing is lost: it goes on as soon as there is a session again. */
export const SessionLost = at({ ...waiting, trouble: { code: 'session_expired' } })
/** There is a window, and nothing came from it. */
export const NothingCame = at({ ...waiting, status: undefined, trouble: { code: 'waiting_unconfirmed' } })
export const Blocked = at({ name: 'blocked', flowId, reason: 'popup_blocked' })
export const BlockedOutside = at({ name: 'blocked', flowId, reason: 'popup_blocked', link: outside })
export const Offered = at({ name: 'blocked', flowId, reason: 'offered', link: { ...outside, opensIn: 'window' } })
export const InThisTab = at({ name: 'away', flowId, status: 'authorizing' })
export const Finishing = at({ name: 'confirming', flowId, status: 'creating' })
export const FinishingAgain = at({ name: 'confirming', flowId, status: 'creating' }, { purpose: 'again' })
export const Cancelling = at({ name: 'cancelling', flowId })
export const Authorized = at({ name: 'authorized', flowId, sourceId: 'src_1' })
export const AuthorizedAgain = at({ name: 'authorized', flowId, sourceId: 'src_1' }, { purpose: 'again' })
export const Denied = failed({ code: 'denied' })
export const DeniedAgain = failed({ code: 'denied' }, { purpose: 'again' })
export const Sandboxed = failed({ code: 'sandboxed_frame' })
export const ConnectedAlready = failed({ code: 'source_exists', sourceId: 'src_1' })
export const TestFailed = failed({
  code: 'check_failed',
  displayMessage: 'Signed in, but HubSpot refused the test: “This portal has been suspended.”',
})
export const ProviderError = failed({
  code: 'provider_error',
  displayMessage: 'HubSpot reported a problem: “account suspended”.',
  remedy: 'Check your account there, then try again.',
})

/** The words for every code there is. */
export const EveryProblem: Story = {
  args: { state: { name: 'idle' } },
  render: (args) => (
    <div className="opsai-form">
      {problemCodes.map((code) => (
        <OAuthStatus key={code} {...args} state={{ name: 'failed', flowId, failure: { code } }} />
      ))}
    </div>
  ),
}
