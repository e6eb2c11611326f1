export interface ProgressBarProps {
  /** What is in progress, read out. */
  label: string
  /** From 0 to `max`; without it, how long it takes is unknown. */
  value?: number
  /** Default 100. */
  max?: number
}

/** How far something is: the browser's own element, dressed. */
export function ProgressBar({ label, value, max = 100 }: ProgressBarProps) {
  return <progress className="opsai-progress" aria-label={label} value={value} max={max} />
}
