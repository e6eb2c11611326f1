import type { Environment } from '@opsai/server/environment'
import { failed, type Finding, ok, warning } from './finding.js'

const random = 'Make a new one with: openssl rand -base64 32'

/** What length alone does not tell: keys that were typed rather than drawn, and one key for two purposes. */
export function checkKeys({ OPSAI_HOST_KEY: host, OPSAI_ENCRYPTION_KEY: encryption }: Environment): Finding[] {
  const findings: Finding[] = []
  if (host && new Set(host).size < 12)
    findings.push(failed('keys', 'OPSAI_HOST_KEY repeats itself: it can be guessed', random))
  if (encryption && new Set(Buffer.from(encryption, 'base64')).size < 12)
    findings.push(failed('keys', 'OPSAI_ENCRYPTION_KEY repeats itself: it can be guessed', random))
  if (host && host === encryption)
    findings.push(warning('keys', 'OPSAI_HOST_KEY and OPSAI_ENCRYPTION_KEY are the same', random))
  if (findings.length === 0 && host && encryption) findings.push(ok('keys', 'long enough, random, and two'))
  return findings
}
