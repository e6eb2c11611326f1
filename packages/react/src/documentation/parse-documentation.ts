// Markdown of others → nodes of ours. HTML in it never becomes markup: its tags go, its words stay.
import type { Nodes, PhrasingContent, Root, RootContent, TableRow } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTable } from 'micromark-extension-gfm-table'
import { parseRichText, type RichNode } from '../spec/rich-text.js'
import { decodeReferences, hideAmpersands, showAmpersands } from './decode-references.js'
import type { BlockNode, InlineNode, NoteTone } from './documentation-node.js'
import { type Edition, prepareMarkdown } from './prepare-markdown.js'
import { toLink } from './to-link.js'

/** What {@link parseDocumentation} takes beside the text. */
export interface DocumentationOptions {
  /** The guide's own page: relative links start there. */
  documentationUrl?: string | undefined
  /** @default 'oss' */
  edition?: Edition | undefined
}

/** Longest guide that is read, in characters; Airbyte's longest has 130,000. */
const lengthLimit = 400_000
/** Deepest nesting that is shown: nobody writes more, and a page must not run out of stack. */
const depthLimit = 24

/**
 * A connector's setup guide as nodes to render.
 *
 * @param markdown As Airbyte serves it; not trusted.
 * @example
 * parseDocumentation('<FieldAnchor field="api_key">\n\nUnder *Settings*.\n\n</FieldAnchor>')
 * // [{ kind: 'section', fields: ['api_key'], children: [{ kind: 'paragraph', … }] }]
 */
export function parseDocumentation(markdown: string, options: DocumentationOptions = {}): BlockNode[] {
  const text = prepareMarkdown(markdown.slice(0, lengthLimit), options.edition ?? 'oss')
  const root = fromMarkdown(hideAmpersands(text), {
    extensions: [gfmTable()],
    mdastExtensions: [gfmTableFromMarkdown()],
  })
  return toBlocks(root.children, toContext(root, options), 0)
}

interface Context {
  linkOf: (url: string) => string | undefined
  /** Addresses named at the foot of the text, by name. */
  definitions: ReadonlyMap<string, string>
}

function toContext(root: Root, { documentationUrl }: DocumentationOptions): Context {
  const named = root.children.flatMap((node) =>
    node.type === 'definition' ? [[node.identifier, decodeReferences(node.url)] as const] : [],
  )
  return { linkOf: (url) => toLink(url, documentationUrl), definitions: new Map(named) }
}

/** Blocks in order; what stands between a pair of tags of ours goes into a block of its own. */
function toBlocks(nodes: readonly RootContent[], context: Context, depth: number): BlockNode[] {
  if (depth > depthLimit) return []
  const lists: BlockNode[][] = [[]]
  const open: ('section' | 'note')[] = []
  for (const node of nodes) {
    const here = lists.at(-1) ?? []
    const tag = node.type === 'html' ? toTag(node.value) : undefined
    if (tag === undefined) here.push(...toBlock(node, context, depth))
    else if (tag.is === 'opening' && lists.length + depth <= depthLimit) {
      here.push(tag.block)
      lists.push(tag.block.children)
      open.push(tag.block.kind)
    } else if (tag.is === 'closing' && open.includes(tag.kind)) {
      const kept = open.lastIndexOf(tag.kind)
      open.length = kept
      lists.length = kept + 1
    }
  }
  return lists[0] ?? []
}

type OwnTag =
  | { is: 'opening'; block: Extract<BlockNode, { kind: 'section' | 'note' }> }
  | { is: 'closing'; kind: 'section' | 'note' }

const tones: Record<string, NoteTone> = { tip: 'success', warning: 'warning', caution: 'warning', danger: 'danger' }

function toTag(html: string): OwnTag | undefined {
  const [, closing, name, attribute = ''] = /^<(\/?)(FieldAnchor|Aside)(?:\s+\w+="([^"]*)")?>$/.exec(html.trim()) ?? []
  if (name === undefined) return undefined
  const kind = name === 'Aside' ? 'note' : 'section'
  if (closing === '/') return { is: 'closing', kind }
  if (kind === 'note') return { is: 'opening', block: { kind, tone: tones[attribute] ?? 'info', children: [] } }
  const fields = attribute.split(',').map((field) => field.trim())
  return { is: 'opening', block: { kind, fields: fields.filter((field) => field !== ''), children: [] } }
}

function toBlock(node: RootContent, context: Context, depth: number): BlockNode[] {
  const inline = (children: readonly PhrasingContent[]) => toInline(children, context, depth)
  switch (node.type) {
    case 'heading':
      return [{ kind: 'heading', depth: node.depth, children: inline(node.children) }]
    case 'paragraph':
      return toParagraph(inline(node.children))
    case 'list': {
      const items = node.children.map(({ children }) => toBlocks(children, context, depth + 1))
      return [{ kind: 'list', ordered: node.ordered === true, start: node.start ?? 1, items }]
    }
    case 'blockquote':
      return [{ kind: 'quote', children: toBlocks(node.children, context, depth + 1) }]
    case 'code':
      return [{ kind: 'codeBlock', text: showAmpersands(node.value) }]
    case 'table': {
      const toCells = (row: TableRow) => row.children.map(({ children }) => inline(children))
      return [{ kind: 'table', align: node.align ?? [], rows: node.children.map(toCells) }]
    }
    case 'thematicBreak':
      return [{ kind: 'rule' }]
    case 'html':
      return toParagraph(parseRichText(showAmpersands(node.value)).map(fromRichNode))
    default:
      return []
  }
}

const toParagraph = (children: InlineNode[]): BlockNode[] =>
  children.some((child) => child.kind !== 'break' && !(child.kind === 'text' && child.text.trim() === ''))
    ? [{ kind: 'paragraph', children }]
    : []

function toInline(nodes: readonly PhrasingContent[], context: Context, depth: number): InlineNode[] {
  if (depth > depthLimit) return []
  const within = (children: readonly PhrasingContent[]) => toInline(children, context, depth + 1)
  return nodes.flatMap((node): InlineNode[] => {
    switch (node.type) {
      case 'text':
        return [{ kind: 'text', text: decodeReferences(node.value) }]
      case 'inlineCode':
        return [{ kind: 'code', text: showAmpersands(node.value) }]
      case 'break':
        return [{ kind: 'break' }]
      case 'strong':
        return [{ kind: 'strong', children: within(node.children) }]
      case 'emphasis':
        return [{ kind: 'em', children: within(node.children) }]
      case 'html':
        return /^<br\s*\/?>$/i.test(node.value) ? [{ kind: 'break' }] : []
      default:
        return toLinked(node, context, within)
    }
  })
}

/** Links, and pictures as links to them: loading one would tell a stranger's server who reads here. */
function toLinked(
  node: Nodes,
  { linkOf, definitions }: Context,
  within: (children: readonly PhrasingContent[]) => InlineNode[],
): InlineNode[] {
  const isPicture = node.type === 'image' || node.type === 'imageReference'
  if (!isPicture && node.type !== 'link' && node.type !== 'linkReference') return []
  const url = 'url' in node ? decodeReferences(node.url) : definitions.get(node.identifier)
  const children = isPicture ? toWords(decodeReferences(node.alt ?? '')) : within(node.children).map(withoutLinks)
  const href = url === undefined ? undefined : linkOf(url)
  if (href === undefined || children.length === 0) return children
  return [{ kind: 'link', href, children }]
}

const toWords = (text: string): InlineNode[] => (text === '' ? [] : [{ kind: 'text', text }])

/** A picture in a link gives a link in a link: the outer one counts. */
const withoutLinks = (node: InlineNode): InlineNode =>
  node.kind === 'link'
    ? { kind: 'em', children: node.children }
    : 'children' in node
      ? { ...node, children: node.children.map(withoutLinks) }
      : node

function fromRichNode(node: RichNode): InlineNode {
  switch (node.kind) {
    case 'text':
    case 'code':
    case 'break':
      return node
    case 'link':
      return { kind: 'link', href: node.href, children: [{ kind: 'text', text: node.text }] }
    default:
      return { kind: node.kind, children: [{ kind: 'text', text: node.text }] }
  }
}
