const airbyteDocs = 'https://docs.airbyte.com/integrations/sources/'

/**
 * Where a link of a guide leads: https only, as the URL parser (not the eye) reads it. Relative ones are relative to
 * the guide's own page, and to Airbyte's pages where that is not on `docs.airbyte.com`.
 *
 * @example
 * toLink('../../platform/ssh.md#keys', 'https://docs.airbyte.com/integrations/sources/postgres')
 * // 'https://docs.airbyte.com/platform/ssh#keys'
 */
export function toLink(raw: string, documentationUrl: string | undefined): string | undefined {
  const base = parse(documentationUrl ?? '')
  const isAirbytes = base?.protocol === 'https:' && base.hostname === 'docs.airbyte.com'
  const url = parse(raw.trim(), isAirbytes ? base.href : airbyteDocs)
  if (url === undefined || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined
  // Files of the guides' repository are pages of the site by the same path.
  if (parse(raw.trim()) === undefined) url.pathname = url.pathname.replace(/\.mdx?$/, '')
  return url.href
}

function parse(raw: string, base?: string): URL | undefined {
  try {
    return new URL(raw, base)
  } catch {
    return undefined
  }
}
