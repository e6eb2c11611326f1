import type { ComponentPropsWithoutRef } from 'react'
import { classNames } from './class-names.js'

/**
 * One of a closed list: the browser's own select, dressed like the other inputs.
 *
 * @example
 * <Select value={mode} onChange={(event) => setMode(event.target.value)}>
 *   <option value="append">Append</option>
 * </Select>
 */
export function Select({ className, children, ...rest }: ComponentPropsWithoutRef<'select'>) {
  return (
    <span className={classNames('opsai-select', className)}>
      <select {...rest} className="opsai-input">
        {children}
      </select>
    </span>
  )
}
