// The last thing before a log line leaves: names and shapes that hold secrets are blanked, whoever logged them.
const secretName =
  /pass(word|wd)?$|secret|token|api_?key|authorization|cookie|credential|private_?key|^code$|^state$|^nonce$/i
const secretShape: readonly [RegExp, string][] = [
  [/aips_[\w-]{20,}/g, 'aips_***'],
  [/airbyte_oauth_workspace_[\w-]+/g, 'airbyte_oauth_***'],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*):[^\s@/]+@/gi, '$1:***@'],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 ***'],
  [/([?&#](?:code|state|token|secret_id|access_token|refresh_token|c)=)[^&#\s"']+/gi, '$1***'],
]

/**
 * Blanks what looks secret in anything that is about to be logged.
 *
 * @param known values that are secret wherever they turn up, such as the host key
 */
export function createScrub(known: readonly string[]) {
  const values = known.filter((value) => value.length >= 8)
  const scrubText = (text: string) => {
    const blanked = values.reduce((rest, value) => rest.replaceAll(value, '***'), text)
    return secretShape.reduce((rest, [shape, instead]) => rest.replace(shape, instead), blanked)
  }
  const scrub = (value: unknown, depth = 0): unknown => {
    if (typeof value === 'string') return scrubText(value)
    if (typeof value !== 'object' || value === null || value instanceof Date) return value
    if (depth > 8) return '…'
    if (Array.isArray(value)) return value.map((item) => scrub(item, depth + 1))
    if (value instanceof Error)
      return { name: value.name, message: scrubText(value.message), stack: scrubText(value.stack ?? '') }
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, secretName.test(name) ? '***' : scrub(inner, depth + 1)]),
    )
  }
  return { text: scrubText, value: (value: unknown) => scrub(value) }
}
