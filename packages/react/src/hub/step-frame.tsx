import type { ReactNode } from 'react'
import { useMessages } from '../messages/use-messages.js'
import { Button } from '../ui/button.js'
import { Icon } from '../ui/icon.js'

export interface StepFrameProps {
  title: string
  /** Stands beside the title. */
  logo?: ReactNode
  intro?: ReactNode
  onBack?: (() => void) | undefined
  children?: ReactNode
  /** Buttons, the next action last. */
  footer?: ReactNode
}

/** What all steps share: way back, heading that takes the focus, next action at the foot. */
export function StepFrame({ title, logo, intro, onBack, children, footer }: StepFrameProps) {
  const { hub } = useMessages()
  return (
    <div className="opsai-step" data-part="step">
      {onBack && (
        <Button
          className="opsai-step-back"
          variant="quiet"
          size="small"
          onClick={onBack}
          icon={<Icon name="chevron" />}
        >
          {hub.back}
        </Button>
      )}
      <header className="opsai-step-header">
        {logo}
        <div>
          <h2 className="opsai-step-title" data-part="step-title" tabIndex={-1}>
            {title}
          </h2>
          {intro && <div className="opsai-step-intro">{intro}</div>}
        </div>
      </header>
      {children}
      {footer && <StepFooter>{footer}</StepFooter>}
    </div>
  )
}

/** The foot of a step, for one whose buttons depend on what is still loading. */
export function StepFooter({ children }: { children: ReactNode }) {
  return <footer className="opsai-step-footer">{children}</footer>
}
