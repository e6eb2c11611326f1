// The order of fields: what must be filled first, then as the spec says, then by name as people count.
import type { Field } from './field.js'

const collator = new Intl.Collator('en', { numeric: true })

/** Required, always shown and structured fields first; then `order`; then the key, `field2` before `field10`. */
export function toOrderedFields(fields: { field: Field; order: number | undefined }[]): Field[] {
  const keyOf = (field: Field): string => field.path.at(-1) ?? ''
  return fields
    .toSorted(
      (a, b) =>
        Number(a.field.folded) - Number(b.field.folded) ||
        compareOrder(a.order, b.order) ||
        collator.compare(keyOf(a.field), keyOf(b.field)),
    )
    .map(({ field }) => field)
}

function compareOrder(a: number | undefined, b: number | undefined): number {
  if (a === b) return 0
  if (a === undefined) return 1
  return b === undefined ? -1 : a - b
}

/**
 * Splits fields into those shown at once and those behind "Optional settings". Hidden ones are in neither.
 *
 * @param isUnfolded Fields to show at once although they are optional. Default: none.
 * @example
 * const { shown, folded } = toFieldSets(section.fields)
 */
export function toFieldSets(
  fields: readonly Field[],
  isUnfolded: (field: Field) => boolean = () => false,
): { shown: Field[]; folded: Field[] } {
  const visible = fields.filter((field) => field.kind !== 'hidden')
  const isShown = (field: Field): boolean => !field.folded || isUnfolded(field)
  return { shown: visible.filter(isShown), folded: visible.filter((field) => !isShown(field)) }
}
