import type { ReactNode } from 'react'

export interface BadgeProps {
  /** Default `neutral`. */
  tone?: 'neutral' | 'info' | 'success' | 'warning' | 'danger'
  children: ReactNode
}

/** One or two words of state beside a name. */
export function Badge({ tone = 'neutral', children }: BadgeProps) {
  return (
    <span className="opsai-badge" data-tone={tone}>
      {children}
    </span>
  )
}
