// What Airbyte says goes into messages, logs and onto screens: words only, never a page, a stack or a schema.
const longest = 500
const page = /<(!doctype|html|head|body|script|style|iframe|title)\b/i
const markup = /<\/?[a-z!][^<>]{0,1000}>/gi

/** One line of words out of a server's text; `undefined` where it holds none. */
export function toPlainWords(text: string): string | undefined {
  if (page.test(text)) return undefined
  const [words = ''] = text.slice(0, 10_000).split(/\n\s*at |\nSchema:|\nTraceback /)
  return words.replace(markup, ' ').replace(/\s+/g, ' ').trim().slice(0, longest) || undefined
}
