// Fills in a form as a person would who knows what they want: every control found by its role and label, typed into,
// chosen from, added to. The model only says which controls there are; it never touches the form's state.
import type { Locator, Page } from 'playwright-core'
import type { ChoiceField, Field, FormModel, ItemsField, MapField } from '../../packages/react/src/spec/field.js'
import { toItem } from '../../packages/react/src/spec/item.js'
import { byName } from './by-name.js'
import { hasFields, optionOf, toOffered, toOrder } from './model.js'
import { roleOf, typeLeaf } from './type-leaf.js'

/** How much was typed. */
export interface Typed {
  fields: number
}

/**
 * Types a configuration into the form on the page.
 *
 * @param wanted As `toTypeable` makes it: only what a form can say.
 */
export async function typeConfiguration(page: Page, model: FormModel, wanted: unknown): Promise<Typed> {
  const typed: Typed = { fields: 0 }
  const form = page.locator('form')
  await typeFields(form, toOrder(model), wanted, typed)
  return typed
}

async function typeFields(scope: Locator, fields: readonly Field[], wanted: unknown, typed: Typed): Promise<void> {
  if (fields.some((field) => field.folded)) await openFolds(scope)
  const seen = new Map<string, number>()
  for (const field of fields) {
    const name = `${roleOf(field)} ${field.title}`
    const place = seen.get(name) ?? 0
    seen.set(name, place + 1)
    try {
      await typeField(scope, field, valueAt(wanted, field), place, typed)
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : String(error)
      throw new Error(`${field.path.join('.')} (${field.kind} "${field.title}"): ${reason}`, { cause: error })
    }
  }
}

/** A choice at the root has no key of its own. */
const valueAt = (holder: unknown, field: Field): unknown =>
  field.path.length === 0 ? holder : (holder as Record<string, unknown>)?.[field.path.at(-1)!]

/** Folds directly in a group; those of groups inside it are opened when those are filled in. */
async function openFolds(scope: Locator): Promise<void> {
  for (;;) {
    const closed = scope.getByRole('button', { name: /^Optional settings/, expanded: false })
    if ((await closed.count()) === 0) return
    await closed.first().click()
  }
}

async function typeField(scope: Locator, field: Field, value: unknown, place: number, typed: Typed): Promise<void> {
  switch (field.kind) {
    case 'hidden':
      return
    case 'group':
      return typeFields(await byName(scope, 'group', field.title, place), field.fields, value, typed)
    case 'choice':
      // One way with nothing to fill in: there is nothing to see.
      if (toOffered(field, value).length === 1 && !hasFields(field, value)) return
      return typeChoice(
        field.path.length === 0 ? scope : await byName(scope, 'group', field.title, place),
        field,
        value,
        typed,
      )
    case 'items':
      return typeItems(await byName(scope, 'group', field.title, place), field, value, typed)
    case 'map':
      return typeMap(await byName(scope, 'group', field.title, place), field, value, typed)
    default:
      typed.fields++
      return typeLeaf(scope, field, value, place)
  }
}

async function typeChoice(group: Locator, field: ChoiceField, value: unknown, typed: Typed): Promise<void> {
  const option = optionOf(field, value)
  if (option === undefined) return
  const offered = toOffered(field, value)
  if (offered.length > 1) {
    typed.fields++
    const index = offered.indexOf(option)
    const control = await byName(group, field.display === 'select' ? 'combobox' : 'radiogroup', field.title)
    if (field.display === 'select') await control.selectOption(String(index))
    else await control.getByRole('radio').nth(index).check()
  }
  await typeFields(group, option.fields, value, typed)
}

async function typeItems(group: Locator, field: ItemsField, value: unknown, typed: Typed): Promise<void> {
  const values = Array.isArray(value) ? value : []
  for (const [index, item] of values.entries()) {
    await (await byName(group, 'button', `Add to ${field.title}`)).click()
    await typeItem(group, toItem(field, index), item, typed)
  }
}

async function typeMap(group: Locator, field: MapField, value: unknown, typed: Typed): Promise<void> {
  for (const [name, item] of Object.entries(value ?? {})) {
    await (await byName(group, 'button', `Add to ${field.title}`)).click()
    const names = group.getByRole('textbox', { name: 'Name', exact: true })
    await names.last().fill(name)
    await names.last().press('Tab')
    await typeItem(group, toItem(field, name), item, typed)
  }
}

/** The last item of the group's own list; what its items hold may have lists in turn. */
async function lastOf(group: Locator): Promise<Locator> {
  const items = group.getByRole('listitem')
  const within = await group.elementHandle()
  const outermost = await items.evaluateAll(
    (all, around) => all.map((item) => item.parentElement?.closest('li, form, fieldset') === around),
    within,
  )
  return items.nth(outermost.lastIndexOf(true))
}

/** What was just added is the last in its group. */
async function typeItem(group: Locator, item: Field, value: unknown, typed: Typed): Promise<void> {
  const scope = await lastOf(group)
  if (item.kind === 'group') return typeFields(scope, item.fields, value, typed)
  return typeField(scope, item, value, 0, typed)
}
