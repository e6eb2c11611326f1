// The closed list of problems with its status and its words for the end user (security.md §3.4).
import type { ProblemCode } from '@opsai/contract'

interface ProblemText {
  status: number
  title: string
  displayMessage: string
  remedy?: string
  retryable?: true
}

const text = (status: number, title: string, displayMessage: string, remedy?: string): ProblemText => ({
  status,
  title,
  displayMessage,
  ...(remedy && { remedy }),
})
const passing = (problem: ProblemText): ProblemText => ({ ...problem, retryable: true })

const startedElsewhere = 'This sign-in was started somewhere else. For your safety nothing was connected.'
const busy = 'The data service is busy. Nothing is lost.'
const wait = 'Wait a moment, then try again.'
const askOwner = 'Ask the site owner for help.'

export const problemTexts: Record<ProblemCode, ProblemText> = {
  invalid_request: text(400, 'Invalid request', 'Something in the form is not right.', 'Check the marked fields.'),
  unauthorized: text(401, 'Unauthorized', 'You are not signed in.', 'Sign in again.'),
  session_expired: passing(text(401, 'Session expired', 'Your session ended.', 'Sign in again.')),
  origin_not_allowed: text(403, 'Origin not allowed', 'Connecting is not set up correctly on this page.', askOwner),
  forbidden: text(403, 'Forbidden', 'This is not allowed.'),
  tenant_mismatch: text(403, 'Tenant mismatch', 'This page belongs to another account.', 'Reload the page.'),
  not_found: text(404, 'Not found', 'This no longer exists.', 'Reload the page.'),
  conflict: text(409, 'Conflict', 'Something else is happening with this right now.', wait),
  source_exists: text(409, 'Source exists', 'This is already connected.'),
  sync_running: text(409, 'Sync running', 'A sync is already running.'),
  idempotency_mismatch: text(
    422,
    'Idempotency key reused',
    'This was already sent with other contents.',
    'Reload the page.',
  ),
  idempotency_in_progress: passing(text(409, 'In progress', 'This is already being done.', wait)),
  payload_too_large: text(413, 'Payload too large', 'This is too large to send.', 'Send less at once.'),
  unsupported_media_type: text(415, 'Unsupported media type', 'Something failed on this page.', askOwner),
  rate_limited: passing(text(429, 'Rate limited', 'That was a lot at once.', wait)),
  check_failed: text(422, 'Check failed', 'The connection test failed.', 'Check what you entered, then test again.'),
  test_after_save: text(
    409,
    'Test after saving',
    'This change can only be tested once it is saved.',
    'Type the secrets again to test it now, or save it and test it then.',
  ),
  config_error: text(500, 'Configuration error', 'Connecting is not set up correctly.', askOwner),
  connector_unavailable: text(
    422,
    'Connector unavailable',
    'This can not be connected here yet.',
    'Choose another one.',
  ),
  oauth_unsupported: text(
    422,
    'Sign-in unsupported',
    'Signing in is not offered for this one.',
    'Enter a key instead.',
  ),
  popup_blocked: text(400, 'Popup blocked', 'Your browser blocked the sign-in window.', 'Click "Open sign-in".'),
  sandboxed_frame: text(400, 'Sandboxed frame', 'This page does not allow sign-in windows.', askOwner),
  waiting_unconfirmed: passing(
    text(409, 'Waiting', 'Waiting for you to finish in the other window.', 'Reopen it or cancel.'),
  ),
  denied: text(403, 'Denied', 'You chose not to give access. Nothing was connected.', 'Sign in again to give access.'),
  provider_error: text(
    502,
    'Provider error',
    'The other service reported a problem.',
    'Try again, or check your permissions there.',
  ),
  scope_insufficient: text(
    403,
    'More permission needed',
    'More permission is needed.',
    'Tick all boxes on the consent screen.',
  ),
  cancelled: text(409, 'Cancelled', 'The sign-in was cancelled. Nothing was connected.'),
  expired: text(410, 'Expired', 'The sign-in took longer than 10 minutes.', 'Start again.'),
  link_used: text(409, 'Link used', 'This sign-in link was already used.', 'Go back and start again.'),
  browser_mismatch: text(403, 'Browser mismatch', startedElsewhere),
  user_mismatch: text(403, 'User mismatch', startedElsewhere),
  context_mismatch: text(403, 'Context mismatch', 'The answer did not match the request. Nothing was connected.'),
  upstream_rate_limited: passing(text(503, 'Airbyte is busy', busy, wait)),
  upstream_unavailable: passing(
    text(503, 'Airbyte is unavailable', 'The data service does not answer. Nothing is lost.', wait),
  ),
  upstream_timeout: passing(text(504, 'Airbyte timed out', 'The data service took too long. Nothing is lost.', wait)),
  upstream_invalid: passing(
    text(502, 'Airbyte answered unexpectedly', 'The data service answered something unexpected.', wait),
  ),
  network_error: passing(text(503, 'Network error', 'There is no connection.', wait)),
  internal: passing(text(500, 'Internal error', 'Something failed on our side.', wait)),
}
