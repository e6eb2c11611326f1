// What the scripts that fill in forms read from a form's model.
import type { ChoiceField, ChoiceOption, Field, FormModel } from '../../packages/react/src/spec/field.js'

const isShown = (field: Field): boolean => field.kind !== 'hidden'

/** A form's fields as they stand on the page: card by card, of each first what is not folded. */
export const toOrder = (model: FormModel): Field[] =>
  model.sections.flatMap(({ fields }) => [
    ...fields.filter((field) => isShown(field) && !field.folded),
    ...fields.filter((field) => isShown(field) && field.folded),
  ])

/** The option that a configuration's value of a choice is of. */
export function optionOf(field: ChoiceField, value: unknown): ChoiceOption | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (field.discriminatorIsSent) {
    const held = (value as Record<string, unknown>)[field.discriminator]
    return field.options.find((option) => option.value === held)
  }
  const depth = field.path.length
  return field.options.find((option) =>
    Object.keys(value).every((key) => option.fields.some((inner) => inner.path[depth] === key)),
  )
}

/** The options somebody can choose of, with the one that is held although it is hidden. */
export function toOffered(field: ChoiceField, value: unknown): ChoiceOption[] {
  const held = optionOf(field, value)
  return field.options.filter((option) => !option.hidden || option === held)
}

/** Whether there is something to fill in of the option that holds. */
export const hasFields = (field: ChoiceField, value: unknown): boolean =>
  optionOf(field, value)?.fields.some((inner) => !isNothing(inner)) ?? false

const isNothing = (field: Field): boolean =>
  field.kind === 'hidden' || (field.kind === 'group' && field.fields.every(isNothing))
