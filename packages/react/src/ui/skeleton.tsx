import type { ReactNode } from 'react'
import { VisuallyHidden } from './visually-hidden.js'

/**
 * A grey stand-in of what is loading, in its shape, so that nothing jumps when it comes.
 *
 * @param props.shape `text` is a line, `tile` a logo, `card` a card, `row` a table row, `input` a field. Default `text`.
 */
export function Skeleton({ shape = 'text' }: { shape?: 'text' | 'tile' | 'card' | 'row' | 'input' }) {
  return <span className="opsai-skeleton" data-shape={shape} aria-hidden="true" />
}

/** Skeletons with the one word a screen reader needs. */
export function SkeletonGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="opsai-skeleton-group" role="status">
      <VisuallyHidden>{label}</VisuallyHidden>
      {children}
    </div>
  )
}
