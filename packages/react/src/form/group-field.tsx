import type { GroupPartProps } from './form-context.js'
import { HoldingFrame } from './holding-frame.js'

/** Fields that belong together, under one heading. */
export function GroupFieldView({ field, ids, error, aria, children }: GroupPartProps) {
  return (
    <HoldingFrame field={field} ids={ids} error={error} aria={aria}>
      <div className="opsai-nested">{children}</div>
    </HoldingFrame>
  )
}
