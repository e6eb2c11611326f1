import { type CheckRule, rule } from './rule.js'

/** Keys, and ways through SSH. */
export const sshRules: readonly CheckRule[] = [
  rule(
    'ssl_needed',
    ['ssl', 'tunnel'],
    'Choose an SSL mode that encrypts, or an SSH tunnel.',
    /unsecured connection not allowed/i,
  ),
  rule(
    'host_key',
    ['tunnel', 'host'],
    'The server shows another key than expected. Ask who runs it whether it changed.',
    /host ?key (verification|mismatch|check|is not|has changed|for server)|BadHostKey|UnknownHostKey|reject HostKey|HostKey has been changed|REMOTE HOST IDENTIFICATION/i,
  ),
  rule(
    'bad_private_key',
    ['serviceAccount', 'privateKey'],
    'Paste the whole JSON file of the service account, unchanged.',
    /invalid jwt|No key could be detected|could not deserialize key data|service account (info|json|key).{0,60}(invalid|malformed|format|missing)|Incorrect padding/i,
  ),
  rule(
    'bad_private_key',
    ['tunnelKey', 'privateKey', 'key'],
    'Paste the whole private key, with its first and last line, as the program that made it wrote it.',
    /unable to load (private )?key|not a valid (\w+ )?private key|missing end marker|invalid (ssh |private |rsa )+key|invalid private ?key|(load|parse|decode|read) (the )?private key|PEM.{0,40}(format|encod|header|parse)|private key file is encrypted|passphrase/i,
  ),
  rule(
    'ssh_failed',
    ['tunnel'],
    'Check host and port of the SSH server, and that a firewall lets us in.',
    /(timed out|timeout|refused|unreachable|unknownhost|resolve).{0,60}ssh tunnel|ssh tunnel.{0,120}(timed out|timeout|refused|unreachable)|SSH configuration.{0,40}(timed out|UnresolvedAddress|ConnectException|UnknownHost)/i,
  ),
  rule(
    'ssh_failed',
    ['tunnelPassword', 'tunnelKey', 'tunnel'],
    'Check the user and the password or key of the SSH server.',
    /ssh (tunnel|configuration)|SSHTunnelForwarder|BaseSSHTunnelForwarderError|jump (server|host)/i,
  ),
]
