import { Fragment, useMemo } from 'react'
import { parseRichText, type RichNode } from '../spec/rich-text.js'

/** A spec's description as elements of ours; links open a new tab and tell it nothing of the page. */
export function RichText({ source }: { source: string }) {
  const nodes = useMemo(() => parseRichText(source), [source])
  return (
    <span className="opsai-rich-text">
      {nodes.map((node, index) => (
        <Fragment key={index}>{toElement(node)}</Fragment>
      ))}
    </span>
  )
}

function toElement(node: RichNode) {
  switch (node.kind) {
    case 'break':
      return <br />
    case 'code':
      return <code>{node.text}</code>
    case 'strong':
      return <strong>{node.text}</strong>
    case 'em':
      return <em>{node.text}</em>
    case 'link':
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer">
          {node.text}
        </a>
      )
    case 'text':
      return node.text
  }
}
