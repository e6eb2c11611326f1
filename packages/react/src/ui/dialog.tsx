import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { useCommonMessages } from '../messages/use-form-messages.js'
import { Icon } from './icon.js'

export interface DialogProps {
  open: boolean
  /** Called with `false` on Escape, on the cross and on a click beside it. */
  onOpenChange: (open: boolean) => void
  title: ReactNode
  /** What it is about, read out after the title. */
  description?: ReactNode
  children?: ReactNode
  /** Buttons, the confirming one last. */
  footer?: ReactNode
  /** Default `small`, 440 px; `large` is 880. */
  size?: 'small' | 'large'
}

/**
 * A dialog above the page. The browser's own: it stands in the top layer, above every stacking context of the host,
 * keeps the theme of the root it is in, holds the focus and gives it back, and injects no styles.
 *
 * @example
 * <Dialog open={isOpen} onOpenChange={setOpen} title="Delete HubSpot?" footer={<Button>Delete</Button>} />
 */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null
}

function OpenDialog({ onOpenChange, title, description, children, footer, size = 'small' }: Omit<DialogProps, 'open'>) {
  const common = useCommonMessages()
  const id = useId()
  const ref = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  const close = (): void => onOpenChange(false)
  return (
    <dialog
      ref={ref}
      className="opsai-dialog"
      data-size={size}
      aria-labelledby={`${id}-title`}
      aria-describedby={description === undefined ? undefined : `${id}-description`}
      onCancel={(event) => {
        event.preventDefault()
        close()
      }}
      // A second Escape closes it whatever was said to the first. StrictMode closes and reopens: that is no answer.
      onClose={(event) => {
        if (!event.currentTarget.open) close()
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget) close()
      }}
    >
      <div className="opsai-dialog-content">
        <div className="opsai-dialog-header">
          <h2 id={`${id}-title`} className="opsai-dialog-title">
            {title}
          </h2>
          <button type="button" className="opsai-icon-button" aria-label={common.close} onClick={close}>
            <Icon name="close" />
          </button>
        </div>
        {description !== undefined && (
          <p id={`${id}-description`} className="opsai-dialog-description">
            {description}
          </p>
        )}
        {children !== undefined && <div className="opsai-dialog-body">{children}</div>}
        {footer !== undefined && <div className="opsai-dialog-footer">{footer}</div>}
      </div>
    </dialog>
  )
}
