// The part of the guide that is loaded when somebody is about to read one: the Markdown parser is larger than a form.
import { useEffect, useMemo, useRef } from 'react'
import { useMessages } from '../messages/use-messages.js'
import { BlockList } from './block-list.js'
import { findSections } from './find-sections.js'
import { type DocumentationOptions, parseDocumentation } from './parse-documentation.js'

export interface DocumentationProps extends DocumentationOptions {
  /** As Airbyte serves it; not trusted. */
  markdown: string
  /** The field that has the focus, by its path in the configuration: what speaks of it is marked and scrolled to. */
  focusedPath?: readonly string[] | undefined
  /** The level of the guide's highest heading. @default 4 */
  headingLevel?: number | undefined
}

/** Space above a section that was scrolled to, in px. */
const marginAbove = 12

/** A setup guide as elements of ours. Scrolls itself, never the page: whoever fills in the form stays where they are. */
export function Documentation({ markdown, focusedPath, headingLevel = 4, ...options }: DocumentationProps) {
  const { hub } = useMessages()
  const ref = useRef<HTMLDivElement>(null)
  const { documentationUrl, edition } = options
  const nodes = useMemo(
    () => parseDocumentation(markdown, { documentationUrl, edition }),
    [markdown, documentationUrl, edition],
  )
  const current = useMemo(() => new Set(focusedPath && findSections(nodes, focusedPath)), [nodes, focusedPath])
  useEffect(() => {
    const frame = ref.current
    const section = frame?.querySelector<HTMLElement>('[data-state=current]')
    // Whether this glides or jumps is for the style sheet to say, which knows of reduced motion.
    if (frame && section && !isSeen(frame, section)) frame.scrollTop = section.offsetTop - marginAbove
  }, [current])
  return (
    <div ref={ref} className="opsai-guide-text" role="group" aria-label={hub.guide} tabIndex={0}>
      <BlockList nodes={nodes} current={current} headingLevel={headingLevel} tableLabel={hub.guideTable} />
    </div>
  )
}

const isSeen = (frame: HTMLElement, { offsetTop, offsetHeight }: HTMLElement): boolean =>
  offsetTop >= frame.scrollTop && offsetTop + offsetHeight <= frame.scrollTop + frame.clientHeight
