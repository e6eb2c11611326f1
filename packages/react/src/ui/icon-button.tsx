import type { ComponentPropsWithoutRef } from 'react'
import { Icon, type IconName } from './icon.js'

export interface IconButtonProps extends ComponentPropsWithoutRef<'button'> {
  icon: IconName
  /** What it does, read out. */
  label: string
}

/**
 * A button that is only a picture.
 *
 * @example
 * <IconButton icon="close" label="Remove filter" onClick={remove} />
 */
export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button type="button" {...rest} className="opsai-icon-button" aria-label={label}>
      <Icon name={icon} />
    </button>
  )
}
