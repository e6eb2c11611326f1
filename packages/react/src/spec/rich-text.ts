// Descriptions of specs carry HTML and Markdown from hundreds of authors. They become a list of known nodes,
// so that nothing of theirs is ever put into a page as markup.

export type RichNode =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'strong'; text: string }
  | { kind: 'em'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'break' }

// In this order: what is dropped with its content, tags, and the Markdown that descriptions use.
const token = new RegExp(
  [
    /<!--[\s\S]*?(?:-->|$)/,
    /<(script|style|template|iframe|svg|math)\b[\s\S]*?(?:<\/\1\s*>|$)/,
    /<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)\/?>/,
    /\[([^\][]+)\]\(([^()\s]+)\)/,
    /`([^`]+)`/,
    /\*\*(\w[^*]*)\*\*/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gi',
)

type Style = 'text' | 'code' | 'strong' | 'em'
const styles: Record<string, Style> = { code: 'code', b: 'strong', strong: 'strong', i: 'em', em: 'em' }
const breaks = new Set(['br', 'p', 'li', 'ul', 'ol', 'div'])

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function decode(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return entities[String(name).toLowerCase()] ?? whole
    const code = Number.parseInt(String(decimal ?? hex), decimal === undefined ? 16 : 10)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}

/** A link's address, where it is one we follow: https only, as the URL parser (not the eye) reads it. */
function toHref(raw: string | undefined): string | undefined {
  if (raw === undefined) return undefined
  try {
    const url = new URL(decode(raw).trim())
    return url.protocol === 'https:' && url.username === '' && url.password === '' ? url.href : undefined
  } catch {
    return undefined
  }
}

const hrefOf = (attributes: string): string | undefined => {
  const found = /\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(attributes)
  return toHref(found?.[1] ?? found?.[2] ?? found?.[3])
}

/**
 * Text with links, code, bold and italics, as nodes to render; every other tag is dropped and its words stay.
 *
 * @param source A description of a connector spec: HTML, Markdown or plain text, not trusted.
 * @returns Nodes in reading order. Links are https and carry no credentials.
 * @example
 * parseRichText('See <a href="https://a.io">the docs</a>')
 * // [{ kind: 'text', text: 'See ' }, { kind: 'link', text: 'the docs', href: 'https://a.io/' }]
 */
export function parseRichText(source: string): RichNode[] {
  const nodes: RichNode[] = []
  let style: Style = 'text'
  let href: string | undefined
  let end = 0

  const addText = (raw: string): void => {
    const text = decode(raw).replaceAll(/\s+/g, ' ')
    if (text === '' || (text === ' ' && nodes.length === 0)) return
    nodes.push(href === undefined ? { kind: style, text } : { kind: 'link', text, href })
  }
  const addBreak = (): void => {
    const last = nodes.at(-1)
    if (last !== undefined && last.kind !== 'break') nodes.push({ kind: 'break' })
  }

  for (const match of source.matchAll(token)) {
    addText(source.slice(end, match.index))
    end = match.index + match[0].length
    const [, , closing, tag, attributes = '', label, address, code, bold] = match
    if (label !== undefined) {
      const target = toHref(address)
      if (target === undefined) addText(label)
      else nodes.push({ kind: 'link', text: decode(label), href: target })
    } else if (code !== undefined) nodes.push({ kind: 'code', text: decode(code) })
    else if (bold !== undefined) nodes.push({ kind: 'strong', text: decode(bold) })
    else if (tag !== undefined) {
      const name = tag.toLowerCase()
      if (name === 'a') href = closing === '/' ? undefined : hrefOf(attributes)
      else if (breaks.has(name)) addBreak()
      else if (styles[name] !== undefined) style = closing === '/' ? 'text' : styles[name]
    }
  }
  addText(source.slice(end))
  while (nodes.at(-1)?.kind === 'break') nodes.pop()
  return nodes
}

/** The same description as plain text, for places that hold no nodes. */
export const toPlainText = (source: string): string =>
  parseRichText(source)
    .map((node) => (node.kind === 'break' ? ' ' : node.text))
    .join('')
    .trim()
