import { type ComponentPropsWithoutRef, type ReactNode, useEffect, useRef } from 'react'
import { classNames } from './class-names.js'

export interface CheckboxProps extends Omit<ComponentPropsWithoutRef<'input'>, 'type'> {
  /** Without one, give it an `aria-label`. */
  label?: ReactNode
  /** Some, not all, of what it stands for is chosen. Default false. */
  indeterminate?: boolean
}

/**
 * A box to tick, with its label.
 *
 * @example
 * <Checkbox label="Select all" checked={all} indeterminate={some} onChange={toggleAll} />
 */
export function Checkbox({ label, indeterminate = false, className, ...rest }: CheckboxProps) {
  const ref = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (ref.current !== null) ref.current.indeterminate = indeterminate
  }, [indeterminate])
  return (
    <label className={classNames('opsai-check', className)}>
      <input {...rest} ref={ref} type="checkbox" className="opsai-check-box" data-kind="checkbox" />
      {label !== undefined && <span className="opsai-check-label">{label}</span>}
    </label>
  )
}
