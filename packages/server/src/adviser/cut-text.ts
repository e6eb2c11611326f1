/** A name for a prompt: no longer than that, and without what can't be seen. */
export function cutText(text: string, longest: number): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain
}
