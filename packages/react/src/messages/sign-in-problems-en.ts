// Why a sign-in did not finish, and the way on, for every code of the contract: a test holds the two together.
import type { ProblemCode } from '@opsai/contract'

/** What a text about a sign-in may name. */
export interface SignInDetails {
  /** The provider, as the user knows it. */
  name: string
  /** A stored source was to be signed in again, in place of connecting a new one. */
  isAgain: boolean
}

/** What happened, and what to do now. */
export interface SignInProblemText {
  message: (details: SignInDetails) => string
  remedy: string
}

const nothing = ({ isAgain }: SignInDetails) => (isAgain ? 'Nothing was changed.' : 'Nothing was connected.')
const unsafe = (details: SignInDetails) =>
  `This sign-in was started somewhere else. For your safety ${nothing(details).toLowerCase()}`
const busy = () => 'The data service is busy. Nothing is lost.'
const askOwner = 'Ask the site owner for help.'
const startAgain = 'Start again.'
const inAMoment = 'Try again in a moment.'
const reload = 'Reload the page, then try again.'

export const signInProblemsEn: Record<ProblemCode, SignInProblemText> = {
  invalid_request: { message: () => 'Something in the form is not right.', remedy: 'Check it, then try again.' },
  unauthorized: { message: () => 'You are not signed in to this app.', remedy: 'Sign in to it, then try again.' },
  session_expired: { message: () => 'Your session ended.', remedy: 'Sign in to this app again, then try again.' },
  origin_not_allowed: { message: () => 'Connecting is not set up correctly on this page.', remedy: askOwner },
  forbidden: { message: () => 'You may not do this here.', remedy: askOwner },
  tenant_mismatch: { message: () => 'This page belongs to another account.', remedy: reload },
  not_found: { message: () => 'This sign-in is no longer known.', remedy: startAgain },
  conflict: { message: () => 'Something else is happening with this right now.', remedy: inAMoment },
  source_exists: { message: ({ name }) => `${name} is already connected.`, remedy: 'Go on with what is there.' },
  sync_running: { message: ({ name }) => `${name} is syncing right now.`, remedy: 'Try again once it is done.' },
  idempotency_mismatch: { message: () => 'This was already sent with other contents.', remedy: reload },
  idempotency_in_progress: { message: () => 'This is already being done.', remedy: inAMoment },
  payload_too_large: { message: () => 'This is too large to send.', remedy: 'Enter less, then try again.' },
  unsupported_media_type: { message: () => 'Something failed on this page.', remedy: askOwner },
  rate_limited: { message: () => 'That was a lot at once.', remedy: inAMoment },
  check_failed: {
    message: ({ name }) => `Signed in, but ${name} refused the test.`,
    remedy: 'Check your permissions there, then try again.',
  },
  test_after_save: { message: () => 'This can only be tested once it is saved.', remedy: 'Save it, then test it.' },
  config_error: { message: () => 'Connecting is not set up correctly.', remedy: askOwner },
  connector_unavailable: {
    message: ({ name }) => `${name} can not be connected here yet.`,
    remedy: 'Choose another one.',
  },
  oauth_unsupported: {
    message: ({ name }) => `Signing in to ${name} is not possible here.`,
    remedy: 'Enter a key instead.',
  },
  popup_blocked: {
    message: () => 'Your browser blocked the sign-in window.',
    remedy: 'Open it by its button, or continue in this tab.',
  },
  sandboxed_frame: { message: () => 'This page does not allow sign-in windows.', remedy: askOwner },
  waiting_unconfirmed: {
    message: () => 'Nothing has come from the sign-in window yet.',
    remedy: 'See what it says. Reopen it or cancel.',
  },
  denied: {
    message: (details) => `You chose not to give access. ${nothing(details)}`,
    remedy: 'Try again to give access.',
  },
  provider_error: {
    message: ({ name }) => `${name} reported a problem.`,
    remedy: 'Try again, or check your permissions there.',
  },
  scope_insufficient: {
    message: () => 'More permission is needed.',
    remedy: 'Try again, and tick all boxes on the consent screen.',
  },
  cancelled: { message: (details) => `The sign-in was cancelled. ${nothing(details)}`, remedy: startAgain },
  expired: { message: () => 'The sign-in took longer than 10 minutes.', remedy: startAgain },
  link_used: { message: () => 'This sign-in link was already used.', remedy: startAgain },
  browser_mismatch: { message: unsafe, remedy: 'Start again, and stay in this browser.' },
  user_mismatch: { message: unsafe, remedy: 'Start again, signed in to this app as yourself.' },
  context_mismatch: {
    message: (details) => `The answer did not match the request. ${nothing(details)}`,
    remedy: startAgain,
  },
  upstream_rate_limited: { message: busy, remedy: inAMoment },
  upstream_unavailable: { message: () => 'The data service does not answer. Nothing is lost.', remedy: inAMoment },
  upstream_timeout: { message: () => 'The data service took too long. Nothing is lost.', remedy: inAMoment },
  upstream_invalid: { message: () => 'The data service answered something unexpected.', remedy: inAMoment },
  network_error: { message: () => 'There is no connection.', remedy: 'Check it, then try again.' },
  internal: { message: () => 'Something failed on our side.', remedy: inAMoment },
}
