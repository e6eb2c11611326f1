/**
 * A URL with parameters added; those that are undefined are left out.
 *
 * @example
 * withQuery('https://app.example/sources', { search: 'a b' }) // 'https://app.example/sources?search=a+b'
 */
export function withQuery(url: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const parsed = new URL(url)
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parsed.searchParams.set(name, value)
  return parsed.href
}
