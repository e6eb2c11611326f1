import { createElement, Fragment, type ReactNode, useMemo } from 'react'
import type { BlockNode, InlineNode } from './documentation-node.js'
import type { SectionNode } from './find-sections.js'

interface Look {
  /** Sections of the field that has the focus. */
  current: ReadonlySet<SectionNode>
  tableLabel: string
  toLevel: (depth: number) => number
}

export interface BlockListProps extends Omit<Look, 'toLevel'> {
  nodes: readonly BlockNode[]
  /** The level of the highest heading. */
  headingLevel: number
}

/** The nodes of a guide as elements: nothing but the kinds the parser knows. */
export function BlockList({ nodes, headingLevel, current, tableLabel }: BlockListProps) {
  const toLevel = useMemo(() => {
    // Guides begin at any level and leave some out; on our page they begin below our own heading and leave none out.
    const depths = [...new Set(listDepths(nodes))].sort()
    return (depth: number) => Math.min(6, headingLevel + Math.max(0, depths.indexOf(depth)))
  }, [nodes, headingLevel])
  return toBlocks(nodes, { current, tableLabel, toLevel })
}

const listDepths = (nodes: readonly BlockNode[]): number[] =>
  nodes.flatMap((node) => {
    if (node.kind === 'heading') return node.depth
    if (node.kind === 'list') return node.items.flatMap(listDepths)
    return node.kind === 'section' || node.kind === 'note' || node.kind === 'quote' ? listDepths(node.children) : []
  })

const toBlocks = (nodes: readonly BlockNode[], look: Look) =>
  nodes.map((node, index) => <Fragment key={index}>{toBlock(node, look)}</Fragment>)

function toBlock(node: BlockNode, look: Look): ReactNode {
  switch (node.kind) {
    case 'heading':
      return createElement(`h${look.toLevel(node.depth)}`, undefined, toInline(node.children))
    case 'paragraph':
      return <p>{toInline(node.children)}</p>
    case 'list': {
      const items = node.items.map((item, index) => <li key={index}>{toBlocks(item, look)}</li>)
      return node.ordered ? <ol start={node.start}>{items}</ol> : <ul>{items}</ul>
    }
    case 'table':
      return <GuideTable node={node} label={look.tableLabel} />
    case 'codeBlock':
      return (
        <pre>
          <code>{node.text}</code>
        </pre>
      )
    case 'quote':
      return <blockquote>{toBlocks(node.children, look)}</blockquote>
    case 'rule':
      return <hr />
    case 'note':
      return (
        <div className="opsai-guide-note" data-tone={node.tone}>
          {toBlocks(node.children, look)}
        </div>
      )
    case 'section':
      return (
        <div className="opsai-guide-section" data-state={look.current.has(node) ? 'current' : 'idle'}>
          {toBlocks(node.children, look)}
        </div>
      )
  }
}

/** Wide tables scroll by themselves, by keyboard too. */
function GuideTable({ node, label }: { node: Extract<BlockNode, { kind: 'table' }>; label: string }) {
  const [head = [], ...rows] = node.rows
  const alignOf = (index: number) => node.align[index] ?? undefined
  return (
    <div className="opsai-guide-table" role="group" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col" data-align={alignOf(index)}>
                {toInline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column} data-align={alignOf(column)}>
                  {toInline(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const toInline = (nodes: readonly InlineNode[]) =>
  nodes.map((node, index) => <Fragment key={index}>{toWords(node)}</Fragment>)

function toWords(node: InlineNode): ReactNode {
  switch (node.kind) {
    case 'text':
      return node.text
    case 'code':
      return <code>{node.text}</code>
    case 'break':
      return <br />
    case 'strong':
      return <strong>{toInline(node.children)}</strong>
    case 'em':
      return <em>{toInline(node.children)}</em>
    case 'link':
      return (
        <a className="opsai-link" href={node.href} target="_blank" rel="noopener noreferrer">
          {toInline(node.children)}
        </a>
      )
  }
}
