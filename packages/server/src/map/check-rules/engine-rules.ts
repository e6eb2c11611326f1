import { type CheckRule, rule } from './rule.js'

const hostAndPort = 'Check host and port, and that a firewall lets us in.'

/** The embedded engine's own sentences; it mostly names the fields beside them. */
export const engineRules: readonly CheckRule[] = [
  rule(
    'wrong_password',
    ['password'],
    'Check the user name and the password.',
    /^The password for user "|^This server asks for a password/,
  ),
  rule('ssl_needed', ['ssl'], 'Choose an SSL mode that encrypts.', /" only takes encrypted connections/),
  rule(
    'ip_not_allowed',
    ['user', 'host'],
    'Ask who runs the server to let this user in from our addresses.',
    /" does not let user "/,
  ),
  rule('unknown_database', ['database'], 'Check the name of the database.', /^There is no database "/),
  rule(
    'unknown_host',
    ['host'],
    'Check the address for typing errors.',
    /^No server is called "|^The name ".{0,300}" could not be looked up/,
  ),
  rule(
    'refused',
    ['port', 'host'],
    hostAndPort,
    /^Nothing answers at "|" cannot be reached from here|" is in a private network/,
  ),
  rule('timeout', ['host', 'port'], hostAndPort, /" did not answer on port \d+ in time/),
  rule(
    'certificate',
    ['certificate', 'ssl'],
    'Check the certificate, or choose an SSL mode that does not verify it.',
    /^The certificate of "/,
  ),
  rule('ssl_not_supported', ['ssl'], 'Choose an SSL mode without encryption.', /" does not offer encryption/),
  rule(
    'no_permission',
    ['schema'],
    'Give this user the right to read, or choose other schemas.',
    /" may not use .{0,300}Grant|" may read no table|" lacks a right/,
  ),
  rule('not_found_resource', ['schema'], 'Check the names of the schemas.', /^There is no schema "/),
  rule('sign_in_again', ['signIn'], 'Sign in again.', /no longer accepts this sign-in|did not accept this sign-in/),
  rule('missing_scope', ['signIn'], 'Sign in again and tick all boxes.', /^This sign-in may not read/),
  rule('bad_client', ['clientId', 'signIn'], 'Copy client id and client secret again.', /does not know this app/),
  rule(
    'bad_key',
    ['key'],
    'Copy the key again, whole and without spaces, or make a new one.',
    /did not accept this API key/,
  ),
  rule('rate_limited', [], 'Wait some minutes, then test again.', /" has no connection free|asks for fewer requests/),
  rule(
    'provider_down',
    [],
    'Wait some minutes, then test again.',
    /" was lost\. Try again|is starting or stopping|could not be reached\. Try again|is having trouble/,
  ),
]
