import type { ReactNode } from 'react'
import { Icon, type IconName } from './icon.js'

export type AlertTone = 'info' | 'success' | 'warning' | 'danger'

export interface AlertProps {
  tone: AlertTone
  title?: ReactNode
  /** What happened and what to do. */
  children?: ReactNode
  /** A button that does it. */
  action?: ReactNode
}

const icons: Record<AlertTone, IconName> = {
  info: 'info',
  success: 'check',
  warning: 'warning',
  danger: 'warning',
}

/**
 * A message in the flow of the page. Warnings and dangers are read out at once, the others when there is time.
 *
 * @example
 * <Alert tone="danger" title="We couldn't sign in" action={<Button onClick={retry}>Try again</Button>}>
 *   Stripe refused the key.
 * </Alert>
 */
export function Alert({ tone, title, children, action }: AlertProps) {
  const isUrgent = tone === 'danger' || tone === 'warning'
  return (
    <div className="opsai-alert" data-tone={tone} role={isUrgent ? 'alert' : 'status'}>
      <Icon name={icons[tone]} />
      <div className="opsai-alert-text">
        {title !== undefined && <p className="opsai-alert-title">{title}</p>}
        {children !== undefined && <div className="opsai-alert-body">{children}</div>}
      </div>
      {action !== undefined && <div className="opsai-alert-action">{action}</div>}
    </div>
  )
}
