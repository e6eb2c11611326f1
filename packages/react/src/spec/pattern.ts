// Patterns come from specs: most are fine, some only without the `u` flag, none may stop the form.

/** Longest pattern, and longest text tried against one, in characters. Beyond it the server decides. */
export const patternLimit = 4096

const syntax = /[A-Za-z0-9^$\\.*+?()[\]{}|/]/

/** The same pattern in a form that the `u` flag accepts: escapes it calls needless are taken away. */
export function toUnicodePattern(pattern: string): string {
  let inClass = false
  let result = ''
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at)
    if (char === '\\') {
      const next = pattern.charAt(++at)
      const keeps = next === '' || syntax.test(next) || (inClass && next === '-')
      result += keeps ? char + next : next
      continue
    }
    if (char === '[') inClass = true
    if (char === ']') inClass = false
    result += char
  }
  return result
}

/** A regular expression of a spec's pattern, or undefined where none can be made of it. */
export function toPattern(pattern: string): RegExp | undefined {
  if (pattern.length > patternLimit) return undefined
  for (const [source, flags] of [
    [toUnicodePattern(pattern), 'u'],
    [pattern, ''],
  ] as const) {
    try {
      return new RegExp(source, flags)
    } catch {
      continue
    }
  }
  return undefined
}
