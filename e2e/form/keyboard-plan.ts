// A wanted configuration as a list of controls to come by, each told by its groups, role and name.
import type { Field, FormModel } from '../../packages/react/src/spec/field.js'
import { toItem } from '../../packages/react/src/spec/item.js'
import { optionOf, toOffered, toOrder } from './model.js'
import { roleOf } from './type-leaf.js'

/** What to do at a control. */
export type Deed =
  | { kind: 'keep' }
  | { kind: 'type'; text: string }
  | { kind: 'chips'; values: string[] }
  | { kind: 'switch'; on: boolean; untouched: boolean }
  | { kind: 'tick'; on: boolean }
  | { kind: 'choose'; label: string; index: number }
  | { kind: 'pick'; index: number }
  | { kind: 'add'; count: number }

export interface Step {
  /** Names of the groups around it, outermost first; `#2` is the third item of a list. */
  groups: string[]
  role: string
  name: string
  deed: Deed
  isDone: boolean
}

export function toPlan(model: FormModel, wanted: unknown): Step[] {
  const steps: Step[] = [{ groups: [], role: 'textbox', name: 'Name', deed: { kind: 'keep' }, isDone: false }]
  planFields(toOrder(model), wanted, [], steps)
  return steps
}

function planFields(fields: readonly Field[], wanted: unknown, groups: string[], steps: Step[]): void {
  for (const field of fields) {
    const key = field.path.at(-1)
    planField(field, key === undefined ? wanted : (wanted as Record<string, unknown>)?.[key], groups, steps)
  }
}

function planField(field: Field, value: unknown, groups: string[], steps: Step[]): void {
  const inside = [...groups, toName(field.title)]
  const add = (at: string[], role: string, name: string, deed: Deed): void =>
    void steps.push({ groups: at, role, name: toName(name), deed, isDone: false })
  const addItems = (count: number): void => add(inside, 'button', `Add to ${field.title}`, { kind: 'add', count })
  const planItem = (item: Field, holder: unknown, index: number): void => {
    const at = [...inside, `#${index}`]
    if (item.kind === 'group')
      planFields(item.fields, (holder as Record<string, unknown>)[item.path.at(-1)!], at, steps)
    else planFields([item], holder, at, steps)
  }
  switch (field.kind) {
    case 'hidden':
      return
    case 'group':
      return planFields(field.fields, value, inside, steps)
    case 'choice': {
      const option = optionOf(field, value)
      if (option === undefined) return
      const offered = toOffered(field, value)
      const index = offered.indexOf(option)
      const choose: Deed = { kind: 'choose', label: option.title, index }
      if (offered.length > 1 && field.display === 'select') add(inside, 'combobox', field.title, choose)
      else if (offered.length > 1) add(inside, 'radiogroup', field.title, { kind: 'pick', index })
      return planFields(option.fields, value, inside, steps)
    }
    case 'items':
      if (!Array.isArray(value)) return
      value.forEach((_, index) => planItem(toItem(field, index), value, index))
      return addItems(value.length)
    case 'map':
      Object.keys(value ?? {}).forEach((name, index) => {
        add([...inside, `#${index}`], 'textbox', 'Name', { kind: 'type', text: name })
        planItem(toItem(field, name), value, index)
      })
      return addItems(Object.keys(value ?? {}).length)
    case 'multiEnum':
      for (const option of field.options) {
        const on = Array.isArray(value) && value.includes(option.value)
        add(inside, 'checkbox', option.label, { kind: 'tick', on })
      }
      return
    default: {
      const deed = toDeed(field, value)
      if (deed !== undefined) add(groups, roleOf(field), field.title, deed)
    }
  }
}

function toDeed(field: Field, value: unknown): Deed | undefined {
  if (field.readOnly || (value === undefined && field.default === undefined)) return undefined
  switch (field.kind) {
    case 'boolean':
      if (value === undefined) return undefined
      return { kind: 'switch', on: value === true, untouched: field.default === undefined }
    case 'enum': {
      const index = field.options.findIndex((option) => option.value === value)
      return { kind: 'choose', label: field.options[index]?.label ?? '', index }
    }
    case 'list':
      return { kind: 'chips', values: Array.isArray(value) ? value.map(String) : [] }
    case 'json':
      return { kind: 'type', text: value === undefined ? '' : JSON.stringify(value) }
    default:
      return { kind: 'type', text: value === undefined ? '' : String(value) }
  }
}

/** As names are read out: white space is one space. */
export const toName = (text: string): string => text.replaceAll(/\s+/g, ' ').trim()
