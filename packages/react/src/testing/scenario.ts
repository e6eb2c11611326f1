/**
 * How the fake proxy behaves:
 * `ready` everything works · `connected` three sources exist already · `empty` no connectors on offer · `loading` nothing
 * ever answers · `slow` every answer takes two seconds · `offline` no answer comes · `failing_check` credentials are refused ·
 * `test_after_save` edits can only be tested once they are stored ·
 * `expired_sign_in` as `connected`, but HubSpot refuses its stored sign-in until it is signed in to again ·
 * `denied_sign_in` the provider says no · `waiting_sign_in` the provider says nothing · `many_streams` 240 streams ·
 * `advised` a language model put the recommendations in order · `no_streams` none · `failed_sync` the sync breaks half-way · `failing_server` every answer is a 500.
 */
export type Scenario = (typeof scenarios)[number]

export const scenarios = [
  'ready',
  'connected',
  'empty',
  'loading',
  'slow',
  'offline',
  'failing_check',
  'test_after_save',
  'expired_sign_in',
  'denied_sign_in',
  'waiting_sign_in',
  'many_streams',
  'no_streams',
  'failed_sync',
  'failing_server',
  'advised',
] as const
