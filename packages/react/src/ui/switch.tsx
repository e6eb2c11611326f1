import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { classNames } from './class-names.js'

export interface SwitchProps extends Omit<ComponentPropsWithoutRef<'input'>, 'type' | 'role'> {
  /** Without one, give it an `aria-label` or `aria-labelledby`. */
  label?: ReactNode
}

/**
 * On or off, at once.
 *
 * @example
 * <Switch label="Sandbox" checked={isSandbox} onChange={(event) => setSandbox(event.target.checked)} />
 */
export function Switch({ label, className, ...rest }: SwitchProps) {
  return (
    <label className={classNames('opsai-check', className)}>
      <input {...rest} type="checkbox" role="switch" className="opsai-switch" />
      {label !== undefined && <span className="opsai-check-label">{label}</span>}
    </label>
  )
}
