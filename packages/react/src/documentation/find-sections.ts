import type { BlockNode } from './documentation-node.js'

export type SectionNode = Extract<BlockNode, { kind: 'section' }>

/**
 * The sections of a guide that speak of a field: those that name it, else those that name the nearest thing it is in.
 * An anchor may name an option (`replication_method[CDC]`) or an item (`streams.0.format`); both speak of the field.
 *
 * @param path The field's path in the configuration.
 * @example
 * findSections(nodes, ['credentials', 'client_id']) // [section of `credentials`]
 */
export function findSections(nodes: readonly BlockNode[], path: readonly string[]): SectionNode[] {
  const wanted = path.filter(isNoIndex)
  let found: SectionNode[] = []
  let foundLength = 1
  for (const section of listSections(nodes)) {
    const lengths = section.fields.map((field) => sharedLength(toKeys(field), wanted))
    const length = Math.max(0, ...lengths)
    if (length < foundLength) continue
    found = length === foundLength ? [...found, section] : [section]
    foundLength = length
  }
  return found
}

const isNoIndex = (key: string) => !/^\d+$/.test(key)

const toKeys = (field: string): string[] =>
  field
    .replaceAll(/\[[^\]]*\]/g, '')
    .split('.')
    .filter((key) => key !== '' && key !== '$' && isNoIndex(key))

/** How many keys an anchor has, where it leads to the field or to what holds it; else 0. */
const sharedLength = (anchor: readonly string[], path: readonly string[]): number =>
  anchor.length <= path.length && anchor.every((key, index) => key === path[index]) ? anchor.length : 0

function listSections(nodes: readonly BlockNode[]): SectionNode[] {
  return nodes.flatMap((node) => {
    if (node.kind === 'section') return [node, ...listSections(node.children)]
    if (node.kind === 'list') return node.items.flatMap(listSections)
    return node.kind === 'quote' || node.kind === 'note' ? listSections(node.children) : []
  })
}
