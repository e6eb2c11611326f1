import { type CheckRule, rule } from './rule.js'

const asSaid = 'Follow what it says, then test again.'

/** The embedded engine's own sentences: they say already what to do, and mostly name the fields beside them. */
export const engineRules: readonly CheckRule[] = [
  rule(
    'wrong_password',
    ['password'],
    'Check the user name and the password.',
    /^The password for user "|^This server asks for a password/,
  ),
  rule('ssl_needed', ['ssl'], asSaid, /" only takes encrypted connections/),
  rule('ip_not_allowed', ['user', 'host'], asSaid, /" does not let user "/),
  rule('unknown_database', ['database'], asSaid, /^There is no database "/),
  rule('unknown_host', ['host'], asSaid, /^No server is called "|^The name ".{0,300}" could not be looked up/),
  rule(
    'refused',
    ['port', 'host'],
    asSaid,
    /^Nothing answers at "|" cannot be reached from here|" is in a private network/,
  ),
  rule('timeout', ['host', 'port'], asSaid, /" did not answer on port \d+ in time/),
  rule('certificate', ['certificate', 'ssl'], asSaid, /^The certificate of "/),
  rule('ssl_not_supported', ['ssl'], asSaid, /" does not offer encryption/),
  rule('no_permission', ['schema'], asSaid, /" may not use .{0,300}Grant|" may read no table|" lacks a right/),
  rule('not_found_resource', ['schema'], asSaid, /^There is no schema "/),
  rule('sign_in_again', ['signIn'], asSaid, /no longer accepts this sign-in|did not accept this sign-in/),
  rule('missing_scope', ['signIn'], asSaid, /^This sign-in may not read/),
  rule('bad_client', ['clientId', 'signIn'], asSaid, /does not know this app/),
  rule('bad_key', ['key'], asSaid, /did not accept this API key/),
  rule('rate_limited', [], asSaid, /" has no connection free|asks for fewer requests/),
  rule(
    'provider_down',
    [],
    asSaid,
    /" was lost\. Try again|is starting or stopping|could not be reached\. Try again|is having trouble/,
  ),
]
