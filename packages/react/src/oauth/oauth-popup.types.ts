// The words of a sign-in: what it can be, what happens to it, and what somebody else must do about that.
import type { FieldError, Flow, FlowStatus, ProblemCode } from '@opsai/contract'

/** Why a sign-in ended without a source, or why nobody can tell at the moment how it stands. */
export interface SignInFailure {
  code: ProblemCode
  /** For developers: what to change. */
  detail?: string | undefined
  /** From the server, for the end user. */
  displayMessage?: string | undefined
  remedy?: string | undefined
  fieldErrors?: FieldError[] | undefined
  /** Of `source_exists`: the source that is there. */
  sourceId?: string | undefined
}

/** What is known of a flow: the members of the contract's that a sign-in goes by. */
export type FlowNews = Pick<Flow, 'flowId' | 'status' | 'sourceId' | 'error'>

/** Where the provider's pages open: a window of this page's, this very tab, or a browser outside of the app. */
export type SignInPlace = 'window' | 'tab' | 'external'

/** A link the proxy gave in place of taking our form. */
export interface SignInLink {
  authUrl: string
  opensIn: 'window' | 'external'
}

export type OAuthPopupState =
  | { name: 'idle' }
  /** The window, or the link for one, was asked for; nobody knows yet whether it came. */
  | { name: 'opening'; flowId: string; trouble?: SignInFailure | undefined }
  /** No window came: the user must click once more. */
  | {
      name: 'blocked'
      flowId: string
      reason: 'popup_blocked' | 'offered'
      link?: SignInLink | undefined
      trouble?: SignInFailure | undefined
    }
  /** The user is at the provider, as far as we know. `isWindowGone` is a hint and decides nothing. */
  | {
      name: 'awaitingUser'
      flowId: string
      status: FlowStatus | undefined
      isWindowGone: boolean
      link?: SignInLink | undefined
      /** Why the proxy can't be asked just now; it is asked on, and nothing is lost. */
      trouble?: SignInFailure | undefined
    }
  /** This very tab is on its way to the provider, or came back from there without an end. */
  | { name: 'away'; flowId: string; status: FlowStatus | undefined; trouble?: SignInFailure | undefined }
  /** The provider said yes; the proxy makes the source, or puts the new sign-in behind the stored one. */
  | { name: 'confirming'; flowId: string; status: FlowStatus; trouble?: SignInFailure | undefined }
  | { name: 'cancelling'; flowId: string }
  | { name: 'authorized'; flowId: string; sourceId: string }
  | { name: 'failed'; flowId: string; failure: SignInFailure }

export type OAuthPopupEvent =
  /** In the click itself. */
  | ({ type: 'signInClicked'; flowId: string; place: SignInPlace } & Click)
  | { type: 'windowOpened' }
  | { type: 'windowRefused' }
  /** The frame's sandbox forbids what the click tried. */
  | { type: 'windowForbidden'; failure: SignInFailure }
  /** The proxy made a flow, to be opened outside of the app. */
  | { type: 'linkArrived'; flowId: string; authUrl: string }
  | { type: 'sessionArrived'; isFramed: boolean }
  /** Nothing could be sent: no session, no link, or no browser to open it in. */
  | { type: 'startRefused'; failure: SignInFailure }
  /** The window has been closed for three seconds, or cut off from us by the provider. */
  | { type: 'windowGone' }
  | { type: 'flowRead'; flow: FlowNews }
  /**
   * The proxy has not heard of the flow for so long; `sandbox`, where that is certainly why no window came;
   * `isWindowOpen`, where one did come, as far as it says.
   */
  | { type: 'flowMissing'; forMs: number; sandbox?: SignInFailure | undefined; isWindowOpen?: boolean }
  /** The proxy does not tell this page, or there is no session to ask with. */
  | { type: 'askRefused'; failure: SignInFailure }
  /** `sinceMs`: since a window was asked for last. */
  | ({ type: 'openClicked'; isWindowOpen: boolean; sinceMs: number } & Click)
  /** "Continue in this tab". */
  | { type: 'continueClicked'; isSessionReady: boolean }
  | { type: 'cancelClicked' }
  | { type: 'cancelSettled'; flow: FlowNews | undefined }
  /** A former page left a flow behind; without a place, in a window. */
  | { type: 'resumed'; flowId: string; place?: SignInPlace | undefined; authUrl?: string | undefined }
  /** The user goes on here with a flow that another tab began. */
  | { type: 'flowAdopted'; flowId: string }
  /** The proxy asks for a sign-in at `authUrl`. */
  | { type: 'signInOffered'; flowId: string; authUrl: string }
  | { type: 'reset' }

/** What a click finds. */
export interface Click {
  isFramed: boolean
  /** The form can be posted without waiting for a session. */
  isSessionReady: boolean
}

export type OAuthPopupEffect =
  /** Named window at top level; inside a frame the form opens its own, so nothing is opened here. */
  | { type: 'openWindow'; flowId: string }
  | { type: 'openUrl'; url: string; target: '_blank' | '_self' | 'external' }
  | { type: 'focusWindow' }
  | { type: 'postForm'; flowId: string; target: 'named' | 'blank' | 'self' }
  /** Waits for a session, then reports `sessionArrived`. */
  | { type: 'awaitSession' }
  /** Asks the proxy for a flow to be opened elsewhere, then reports `linkArrived`. */
  | { type: 'requestLink' }
  | { type: 'startFollowing'; flowId: string }
  | { type: 'stopFollowing' }
  /** For a reload; with `tab`, for the way back to where the user is now. */
  | { type: 'remember'; flowId: string; place: SignInPlace; authUrl?: string | undefined }
  | { type: 'forget' }
  | { type: 'cancelFlow'; flowId: string }
  | { type: 'closeWindow' }

export interface Transition {
  state: OAuthPopupState
  effects: OAuthPopupEffect[]
}
