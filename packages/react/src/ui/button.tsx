import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from 'react'
import { classNames } from './class-names.js'
import { Spinner } from './spinner.js'

export interface ButtonProps extends ComponentPropsWithoutRef<'button'> {
  /** `primary` for the one next action of a view, `danger` where something goes. Default `secondary`. */
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger'
  /** `busy` shows a spinner and swallows clicks, and keeps the focus where it is. Default `idle`. */
  state?: 'idle' | 'busy'
  /** Default `medium`, 36 px high; `small` is 28. */
  size?: 'small' | 'medium'
  /** Stands before the label. */
  icon?: ReactNode
}

/**
 * A button. Its type is `button` unless told otherwise, so that it never submits by accident.
 *
 * @example
 * <Button variant="primary" state={isSaving ? 'busy' : 'idle'} onClick={save}>Save</Button>
 */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant = 'secondary', state = 'idle', size = 'medium', icon, className, children, onClick, ...rest },
  ref,
) {
  const isBusy = state === 'busy'
  return (
    <button
      type="button"
      {...rest}
      ref={ref}
      className={classNames('opsai-button', className)}
      data-variant={variant}
      data-size={size}
      data-state={state}
      aria-disabled={isBusy || rest['aria-disabled']}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
    >
      {isBusy ? <Spinner /> : icon}
      {children}
    </button>
  )
})
