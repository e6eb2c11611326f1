import { type ComponentType, createContext, type ReactNode, useContext } from 'react'
import type { LeafField } from '../spec/field.js'
import { toPathKey, type Path } from '../spec/path.js'
import type { ConnectorFormHandle } from './use-connector-form.js'

/** What the control of one field gets: native inputs take `id`, `aria` and the callbacks as they are. */
export interface ControlProps<Kind extends LeafField = LeafField> {
  field: Kind
  /** The label points to it. */
  id: string
  value: unknown
  onChange: (value: unknown) => void
  /** Call it when the field is left. */
  onBlur: () => void
  /** Spread onto the element that takes the focus. */
  aria: {
    'aria-describedby'?: string
    'aria-invalid'?: true
    'aria-required'?: true
    'data-invalid'?: true
  }
  disabled: boolean
}

/** Controls of your own, by the field's dotted path: `{ 'credentials.region': RegionPicker }`. */
export type ControlComponents = Record<string, ComponentType<ControlProps>>

export interface FormContextValue {
  form: ConnectorFormHandle
  formId: string
  components: ControlComponents
  signInSlot?: ReactNode
}

export const FormContext = createContext<FormContextValue | null>(null)

export function useFormContext(): FormContextValue {
  const context = useContext(FormContext)
  if (context === null) throw new Error('A field was used outside of a ConnectorForm. Put it inside of one.')
  return context
}

/** Ids of a field's parts, the same for the label, the control and the summary's links. */
export function toFieldIds(formId: string, path: Path) {
  const id = `${formId}-${toPathKey(path)}`
  return {
    id,
    description: `${id}-description`,
    hint: `${id}-hint`,
    error: `${id}-error`,
    label: `${id}-label`,
  }
}
