// Giving one control its value, by role and label, as a person with a mouse does.
import type { Locator } from 'playwright-core'
import type { Field, LeafField } from '../../packages/react/src/spec/field.js'
import { byName } from './by-name.js'

/** The role its control has. */
export function roleOf(field: Field): 'switch' | 'combobox' | 'group' | 'textbox' {
  if (field.kind === 'boolean') return 'switch'
  if (field.kind === 'enum') return 'combobox'
  const isGroup = field.kind === 'multiEnum' || field.kind === 'choice' || field.kind === 'group'
  return isGroup || field.kind === 'items' || field.kind === 'map' ? 'group' : 'textbox'
}

/** Gives a control its value; what is not wanted is taken away. */
export async function typeLeaf(scope: Locator, field: LeafField, value: unknown, place: number): Promise<void> {
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
