// Fills in a form as a person would who knows what they want: every control found by its role and label, typed into,
// chosen from, added to. The model only says which controls there are; it never touches the form's state.
import type { Locator, Page } from 'playwright-core'
import type {
  ChoiceField,
  Field,
  FormModel,
  ItemsField,
  LeafField,
  MapField,
} from '../../packages/react/src/spec/field.js'
import { toItem } from '../../packages/react/src/spec/item.js'
import { byName } from './by-name.js'
import { optionOf, toOrder } from './model.js'

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

const valueAt = (holder: unknown, field: Field): unknown => (holder as Record<string, unknown>)?.[field.path.at(-1)!]

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

/** The role its control has. */
export function roleOf(field: Field): 'switch' | 'combobox' | 'group' | 'textbox' {
  if (field.kind === 'boolean') return 'switch'
  if (field.kind === 'enum') return 'combobox'
  const isGroup = field.kind === 'multiEnum' || field.kind === 'choice' || field.kind === 'group'
  return isGroup || field.kind === 'items' || field.kind === 'map' ? 'group' : 'textbox'
}

async function typeLeaf(scope: Locator, field: LeafField, value: unknown, place: number): Promise<void> {
  // Nothing is wanted and nothing is there; what is read-only stays as it is.
  if (field.readOnly || (value === undefined && field.default === undefined)) return
  const control = await byName(scope, roleOf(field), field.title, place)
  switch (field.kind) {
    case 'boolean':
      // A switch nobody touched says nothing where the spec needs no answer: "no" is on, then off.
      if (value === false && field.default === undefined) await control.setChecked(true)
      return value === undefined ? undefined : control.setChecked(value === true)
    case 'enum':
      return chooseValue(control, field, value)
    case 'multiEnum':
      return tickValues(control, field, Array.isArray(value) ? value : [])
    case 'list':
      return typeChips(control, Array.isArray(value) ? value : [])
    case 'json':
      return control.fill(value === undefined ? '' : JSON.stringify(value))
    case 'text':
      return typeText(control, value === undefined ? '' : String(value))
    default:
      return control.fill(value === undefined ? '' : String(value))
  }
}

/** Dates are typed into a picker without their zone, which is said beside it. */
async function typeText(control: Locator, text: string): Promise<void> {
  const type = await control.getAttribute('type')
  return control.fill(type === 'datetime-local' ? text.slice(0, 19) : text)
}

async function chooseValue(control: Locator, field: Field & { kind: 'enum' }, value: unknown): Promise<void> {
  const index = field.options.findIndex((option) => option.value === value)
  const label = field.options[index]?.label ?? ''
  const isNative = await control.evaluate((element) => element instanceof HTMLSelectElement)
  if (isNative) {
    const sameName = field.options.filter((option) => option.label === label).length > 1
    await control.selectOption(value === undefined ? '' : sameName ? String(index) : { label })
    return
  }
  await control.fill(label)
  if (value === undefined) return void (await control.press('Tab'))
  const listed = control.page().getByRole('listbox').getByRole('option', { name: label, exact: true })
  await listed.first().click()
}

async function tickValues(group: Locator, field: Field & { kind: 'multiEnum' }, values: unknown[]): Promise<void> {
  for (const option of field.options) {
    const box = group.getByRole('checkbox', { name: option.label, exact: true }).first()
    if ((await box.isChecked()) !== values.includes(option.value)) await box.click()
  }
}

async function typeChips(input: Locator, values: unknown[]): Promise<void> {
  await input.fill('')
  const chips = input.locator('xpath=..').getByRole('button', { name: /^Remove / })
  for (let left = await chips.count(); left > 0; left--) await input.press('Backspace')
  for (const value of values) {
    await input.fill(String(value))
    await input.press('Enter')
  }
}

async function typeChoice(group: Locator, field: ChoiceField, value: unknown, typed: Typed): Promise<void> {
  const option = optionOf(field, value)
  if (option === undefined) return
  const offered = field.options.filter((other) => !other.hidden || other === option)
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
