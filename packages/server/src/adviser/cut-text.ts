/** A name for a prompt: no longer than that, and without what can't be seen. */
export function cutText(text: string, longest: number): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  if (plain.length <= longest) return plain
  // Half of a character is none: servers refuse it.
  const kept = plain.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')
  return `${kept.trimEnd()}…`
}
