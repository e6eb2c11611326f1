import { Icon } from './icon.js'

export interface ClearButtonProps {
  /** Which field: `Clear start date`. */
  label: string
  /** The id of the input it empties: that takes the focus, for the button goes with the value. */
  controls: string
  onClear: () => void
}

/** The cross inside an input that empties it; its frame is `opsai-clearable`. */
export function ClearButton({ label, controls, onClear }: ClearButtonProps) {
  return (
    <button
      type="button"
      className="opsai-clear"
      aria-label={label}
      onClick={() => {
        onClear()
        document.getElementById(controls)?.focus()
      }}
    >
      <Icon name="close" />
    </button>
  )
}
