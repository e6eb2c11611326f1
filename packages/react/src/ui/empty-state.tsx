import type { ReactNode } from 'react'

export interface EmptyStateProps {
  title: ReactNode
  /** Why it is empty and what would fill it. */
  children?: ReactNode
  /** The one next action. */
  action?: ReactNode
}

/**
 * What stands where a list would be.
 *
 * @example
 * <EmptyState title="No tools found" action={<Button onClick={clear}>Clear search</Button>} />
 */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="opsai-empty">
      <p className="opsai-empty-title">{title}</p>
      {children !== undefined && <div className="opsai-empty-body">{children}</div>}
      {action}
    </div>
  )
}
