import { type CheckRule, rule } from './rule.js'

const hostAndPort = 'Check host and port, and that a firewall lets us in.'

/** What keeps a connection from being made at all. */
export const networkRules: readonly CheckRule[] = [
  rule(
    'ip_not_allowed',
    ['host'],
    'Allow our addresses where the server keeps its list of allowed ones.',
    /host '[^']*' is not allowed to connect|(ip|client).{0,60}(is )?not (allowed|whitelisted|permitted)|ip (address )?.{0,60}(blocked|restrict|allow ?list|whitelist)|not.{0,30}(ip )?allow ?list|Incoming request with IP|no pg_hba\.conf entry(?!.*(SSL off|no encryption))/i,
  ),
  rule(
    'certificate',
    ['certificate', 'ssl', 'host'],
    'Check the certificate, or choose an SSL mode that does not verify it.',
    /certificate.{0,40}(verif|expired|invalid|not valid|required|unknown|mismatch|validat)|self[- ]signed cert|PKIX path|unable to get local issuer|x509:|CERTIFICATE_VERIFY|no subject alternative|root certificate|host ?name.{0,120}(doesn't|does not) match|Hostname verification/i,
  ),
  rule(
    'ssl_not_supported',
    ['ssl', 'port'],
    'The server does not speak SSL as asked. Choose a mode without it, or check the port.',
    /server does not support (ssl|secure|tls)|ssl is not (enabled|supported)|does not support ssl|not accepted by client preferences|wrong version number|SSL peer shut down|handshake_failure|SSLHandshake|terminated the handshake|Unrecognized SSL message|unsupported protocol/i,
  ),
  rule(
    'ssl_needed',
    ['ssl'],
    'The server wants an encrypted connection. Choose an SSL mode that encrypts.',
    /SSL off|no encryption|(ssl|tls|encrypt\w*|secure transport)( connection)?( is| are)? (required|needed|enforced)|requires? (an? )?(ssl|tls|secure|encrypted)|require_secure_transport|insecure transport|set sslmode/i,
  ),
  rule(
    'unknown_host',
    ['host', 'tunnel'],
    'Check the address for typing errors.',
    /ENOTFOUND|EAI_AGAIN|UnknownHost|unknown host|translate host|name or service not known|nodename nor servname|getaddrinfo|failed to resolve|NameResolution|name resolution|no such host|look up (TXT|SRV)|SRV record|UnresolvedAddress|No address associated|ORA-12545|ORA-17868|Invalid URL|No scheme supplied|Failed to parse:|cannot be resolved/i,
  ),
  rule(
    'refused',
    ['port', 'host'],
    hostAndPort,
    /ECONNREFUSED|connection refused|actively refused|refused\. Check that|ORA-12541|Communications link failure|No route to host|EHOSTUNREACH|ENETUNREACH|network is unreachable|connection reset|ECONNRESET|NoBrokersAvailable|EOF on channel|TCP\/IP connection to the host/i,
  ),
]
