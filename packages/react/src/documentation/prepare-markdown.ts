// Airbyte's guides are Markdown with three habits of its own (connector-documentation conventions, docs.airbyte.com,
// "Writing connector documentation"). They are made plain here, line by line, so that one ordinary parse does the rest.

/** Whose text is kept where a guide differs: self-managed Airbyte or Airbyte's cloud. */
export type Edition = 'oss' | 'cloud'

const frontMatter = /^\uFEFF?---[ \t]*\r?\n(?:[^\n]*\n){0,200}?---[ \t]*(?:\r?\n|$)/
const fence = /^[ \t]*(?:>[ \t]*)*(`{3,}|~{3,})/
const mark = /<!--[ \t]*(\/?)env:(\w+)[ \t]*-->|<(\/?)(HideInUI|FieldAnchor)\b([^<>]{0,2000})>/g
const aside = /^([ \t]*):::+[ \t]*(\w*)[ \t]*(.*)$/
const moduleLine = /^import\s[^'"]{0,300}\sfrom\s+['"]/

/**
 * Markdown with the front matter, the other edition's text and what is marked as not for an interface taken out.
 * `FieldAnchor` and asides (`:::note`) become tags on lines of their own: `<FieldAnchor field="a">`, `<Aside kind="note">`.
 *
 * @example
 * prepareMarkdown('<!-- env:cloud -->Allow our IPs.<!-- /env:cloud -->', 'oss') // ''
 */
export function prepareMarkdown(markdown: string, edition: Edition): string {
  const kept: string[] = []
  let openFence: string | undefined
  let otherEdition: string | undefined
  let hides = 0
  const isHidden = () => hides > 0 || otherEdition !== undefined

  const keepMarked = (line: string): void => {
    const indent = /^[ \t]*/.exec(line)?.[0] ?? ''
    let text = ''
    let end = 0
    for (const match of line.matchAll(mark)) {
      if (!isHidden()) text += line.slice(end, match.index)
      end = match.index + match[0].length
      const [, envClosing, env, closing, tag, attributes = ''] = match
      if (env !== undefined) {
        if (envClosing === '/') otherEdition = env === otherEdition ? undefined : otherEdition
        else if (env !== edition) otherEdition ??= env
      } else if (tag === 'HideInUI') hides = Math.max(0, hides + (closing === '/' ? -1 : 1))
      else if (!isHidden()) text += onItsOwnLine(indent, closing === '/' ? '</FieldAnchor>' : toAnchor(attributes))
    }
    if (!isHidden()) kept.push(text + line.slice(end))
    else if (text.trim() !== '') kept.push(text)
  }

  for (const line of markdown.replace(frontMatter, '').split(/\r?\n/)) {
    const fenced = fence.exec(line)?.[1]
    const wasOpen = openFence
    if (openFence === undefined) openFence = fenced
    else if (fenced !== undefined && fenced.startsWith(openFence)) openFence = undefined
    const note = aside.exec(line)
    if (wasOpen !== undefined || fenced !== undefined) {
      if (!isHidden()) kept.push(line)
    } else if (note !== null) {
      if (!isHidden()) kept.push(toAside(note[1] ?? '', note[2] ?? '', note[3] ?? ''))
    } else if (!moduleLine.test(line)) keepMarked(line)
  }
  return kept.join('\n')
}

/** Between blank lines, a tag is a block of its own to every Markdown parser. */
const onItsOwnLine = (indent: string, tag: string): string => `\n\n${indent}${tag}\n\n${indent}`

const toAnchor = (attributes: string): string => {
  const found = /\bfield\s*=\s*\{?\s*["'`]([^"'`]*)["'`]/.exec(attributes)?.[1] ?? ''
  return `<FieldAnchor field="${found.replaceAll(/[^\w.,[\]$\- ]/g, '')}">`
}

function toAside(indent: string, kind: string, rest: string): string {
  if (kind === '') return onItsOwnLine(indent, '</Aside>')
  const title = rest.replace(/^\[(.*)\]$/, '$1').trim()
  return `${onItsOwnLine(indent, `<Aside kind="${kind.toLowerCase()}">`)}${title && `**${title}**\n`}`
}
