import { type ComponentPropsWithoutRef, forwardRef } from 'react'
import { classNames } from './class-names.js'

/**
 * One line of text.
 *
 * @example
 * <TextInput id="host" value={host} onChange={(event) => setHost(event.target.value)} />
 */
export const TextInput = forwardRef<HTMLInputElement, ComponentPropsWithoutRef<'input'>>(function TextInput(
  { className, ...rest },
  ref,
) {
  return <input type="text" spellCheck={false} {...rest} ref={ref} className={classNames('opsai-input', className)} />
})
