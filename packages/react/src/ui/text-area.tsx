import type { ComponentPropsWithoutRef } from 'react'
import { classNames } from './class-names.js'

/** Several lines of text; grows with them where the browser can. */
export function TextArea({ className, ...rest }: ComponentPropsWithoutRef<'textarea'>) {
  return (
    <textarea rows={4} spellCheck={false} {...rest} className={classNames('opsai-input opsai-text-area', className)} />
  )
}
