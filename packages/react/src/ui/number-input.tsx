import type { ComponentPropsWithoutRef } from 'react'
import { TextInput } from './text-input.js'

export interface NumberInputProps extends ComponentPropsWithoutRef<'input'> {
  /** Whether only whole numbers make sense. Default false. */
  integer?: boolean
}

/**
 * A number, typed as text with a number keyboard on phones. Not `type="number"`: that drops what it can't read
 * and changes by scrolling.
 */
export function NumberInput({ integer = false, ...rest }: NumberInputProps) {
  return <TextInput inputMode={integer ? 'numeric' : 'decimal'} autoComplete="off" {...rest} />
}
