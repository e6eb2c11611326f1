import { type CheckRule, rule } from './rule.js'

const hostAndPort = 'Check host and port, and that a firewall lets us in.'
const newKey = 'Copy the key again, whole and without spaces, or make a new one.'
const otherSsl = 'Choose another SSL mode.'

/** By nothing but an HTTP status, and the vaguest words. */
export const vagueRules: readonly CheckRule[] = [
  rule(
    'bad_key',
    ['key', 'password', 'signIn'],
    newKey,
    /\b401\b|unauthori[sz]ed|not_authed|invalid_auth|(invalid|incorrect|wrong|bad|malformed|missing|unknown)[\w .'"-]{0,30}(api|access|auth\w*|bearer|security)?[ _-]?(key|token|credentials?|secret)|(api[ _-]?key|token|credentials?)\b.{0,40}(invalid|not valid|incorrect|wrong|missing|rejected|not recogni[sz]ed|not accepted|cannot be parsed|malformed|disabled)|bad credentials|INVALID_(KEY|TOKEN|LOGIN|SESSION_ID)|parse access token|couldn't authenticate|could not authenticate|not authenticated|authenticat\w+ required|authenti\w+ (has )?failed|valid (api |access )?(key|token|credentials)|failed to authenticate|invalid_credentials|login failed/i,
  ),
  rule(
    'no_permission',
    ['signIn', 'key', 'user'],
    'Give this key or sign-in more permission, or use one of an administrator.',
    /\b403\b|forbidden|access[ _-]denied|permission|not (allowed|authori[sz]ed|permitted)|PERMISSION_DENIED|not have (access|permission)|insufficient (access|rights)|INSUFFICIENT_ACCESS/i,
  ),
  rule(
    'timeout',
    ['host', 'port', 'tunnel'],
    hostAndPort,
    /ETIMEDOUT|timed? ?-?out|HikariPool|deadline exceeded|did not finish in time/i,
  ),
  rule(
    'refused',
    ['host', 'port'],
    hostAndPort,
    /max retries exceeded|socket hang up|premature(ly)? (close|reached end)/i,
  ),
  rule(
    'provider_down',
    [],
    'The other side has trouble right now. Wait some minutes, then test again.',
    /\b5(00|02|03|04|20|21|22|24)\b|internal server error|service unavailable|bad gateway|gateway time-?out|maintenance|temporarily unavailable|SERVER_UNAVAILABLE/i,
  ),
  rule(
    'not_found_resource',
    ['host', 'account', 'resource'],
    'Check the address, the account and the ids you entered.',
    /\b404\b|not found|does not exist|no such/i,
  ),
  rule('bad_key', ['key', 'password', 'signIn'], newKey, /provided credentials/i),
  rule('ssl_not_supported', ['ssl'], otherSsl, /\bssl\b|\btls\b|certificate/i),
]
