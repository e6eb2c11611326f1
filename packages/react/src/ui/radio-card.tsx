import type { ComponentPropsWithoutRef, ReactNode } from 'react'

export interface RadioCardProps extends Omit<ComponentPropsWithoutRef<'input'>, 'type' | 'title'> {
  title: ReactNode
  /** A line below the title. */
  description?: ReactNode
}

/**
 * A radio as a card, for choices that need a line of explanation.
 *
 * @example
 * <RadioCard name="auth" value="key" title="API key" description="From your account's settings" />
 */
export function RadioCard({ title, description, id, ...rest }: RadioCardProps) {
  return (
    <label className="opsai-radio-card">
      <input
        {...rest}
        id={id}
        type="radio"
        className="opsai-check-box"
        data-kind="radio"
        aria-labelledby={id === undefined ? undefined : `${id}-title`}
        aria-describedby={id === undefined || description === undefined ? undefined : `${id}-description`}
      />
      <span className="opsai-radio-card-text">
        <span id={id === undefined ? undefined : `${id}-title`} className="opsai-radio-card-title">
          {title}
        </span>
        {description !== undefined && (
          <span id={id === undefined ? undefined : `${id}-description`} className="opsai-radio-card-description">
            {description}
          </span>
        )}
      </span>
    </label>
  )
}
