// The last thing before anything is written down: names, shapes and values that are secret are blanked, whoever wrote it.
import { givenSecrets, toForms } from './given-secrets.js'

const secretName =
  /pass(word|wd|phrase)?$|secret|token|api_?key|authorization|cookie|credential|private_?key|^code$|^state$|^nonce$/i
const secretShape: readonly [RegExp, string][] = [
  [/aips_[\w-]{20,}/g, 'aips_***'],
  [/whsec_[\w+/=-]{16,}/g, 'whsec_***'],
  [/airbyte_oauth_workspace_[\w-]+/g, 'airbyte_oauth_***'],
  [/(\/webhooks\/airbyte\/|\/oauth\/reconnect\/)[\w-]{20,}/g, '$1***'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*):[^\s@/]+@/gi, '$1:***@'],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 ***'],
  [/([?&#](?:code|state|token|secret_id|access_token|refresh_token|c)=)[^&#\s"']+/gi, '$1***'],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, '***'],
]

/**
 * Blanks what is or looks secret in anything that is about to be written down: what is known, what the request in whose
 * middle we are brought with it, and what has the name or shape of a secret.
 *
 * @param known values that are secret wherever they turn up, such as the host key
 */
export function createScrub(known: readonly string[]) {
  const always = toForms(known.filter((value) => value.length >= 8))
  const scrubText = (text: string) => {
    const blanked = [...always, ...givenSecrets()].reduce((rest, value) => rest.replaceAll(value, '***'), text)
    return secretShape.reduce((rest, [shape, instead]) => rest.replace(shape, instead), blanked)
  }
  const scrub = (value: unknown, depth = 0): unknown => {
    if (typeof value === 'string') return scrubText(value)
    if (typeof value === 'number' && givenSecrets().includes(String(value))) return '***'
    if (typeof value !== 'object' || value === null || value instanceof Date) return value
    if (depth > 8) return '…'
    if (Array.isArray(value)) return value.map((item) => scrub(item, depth + 1))
    if (value instanceof Error) return scrubError(value, depth)
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        scrubText(name),
        secretName.test(name) ? '***' : scrub(inner, depth + 1),
      ]),
    )
  }
  const scrubError = (error: Error, depth: number): Record<string, unknown> => ({
    name: error.name,
    message: scrubText(error.message),
    stack: scrubText(error.stack ?? ''),
    ...('code' in error && { code: scrub(error.code, depth + 1) }),
    ...(error.cause !== undefined && { cause: scrub(error.cause, depth + 1) }),
  })
  return { text: scrubText, value: (value: unknown) => scrub(value) }
}

/**
 * A text without what the request in whose middle we are brought with it. To be called before the text is shortened or
 * tidied: half a secret is no longer found.
 */
export const scrubText = createScrub([]).text
