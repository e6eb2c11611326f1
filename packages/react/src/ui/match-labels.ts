/**
 * Places of the options whose label holds what was typed, whatever its case; those that begin with it first.
 *
 * @example
 * matchLabels([{ label: 'Peru' }, { label: 'Sup' }, { label: 'Upland' }], 'up') // [2, 1]
 */
export function matchLabels(options: readonly { label: string }[], typed: string): number[] {
  const wanted = typed.trim().toLowerCase()
  const at = options.map((option) => option.label.toLowerCase().indexOf(wanted))
  const places = at.map((_, index) => index)
  return [...places.filter((index) => at[index] === 0), ...places.filter((index) => (at[index] ?? -1) > 0)]
}
