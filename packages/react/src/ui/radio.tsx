import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import { classNames } from './class-names.js'

export interface RadioProps extends Omit<ComponentPropsWithoutRef<'input'>, 'type'> {
  label: ReactNode
}

/** One of a few; radios of one `name` belong together. */
export function Radio({ label, className, ...rest }: RadioProps) {
  return (
    <label className={classNames('opsai-check', className)}>
      <input {...rest} type="radio" className="opsai-check-box" data-kind="radio" />
      <span className="opsai-check-label">{label}</span>
    </label>
  )
}
