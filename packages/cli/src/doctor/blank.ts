/** Takes secrets out of anything, wherever they stand: the last thing before it is shown. */
export function blank<T>(value: T, secrets: readonly (string | undefined)[]): T {
  const parts = secrets.flatMap((secret) => (secret ? [secret, ...passwordsIn(secret)] : []))
  const known = parts.filter((part) => part.length >= 4).sort((a, b) => b.length - a.length)
  const walk = (each: unknown): unknown => {
    if (typeof each === 'string') return known.reduce((text, secret) => text.replaceAll(secret, '***'), each)
    if (Array.isArray(each)) return each.map(walk)
    if (typeof each !== 'object' || each === null) return each
    return Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, walk(inner)]))
  }
  return walk(value) as T
}

/** The password of a URL, as it is written there and as it is. */
function passwordsIn(secret: string): string[] {
  if (!URL.canParse(secret)) return []
  const { password } = new URL(secret)
  try {
    return [password, decodeURIComponent(password)]
  } catch {
    return [password]
  }
}
