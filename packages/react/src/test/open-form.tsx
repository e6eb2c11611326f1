import { screen } from '@testing-library/react'
import { vi } from 'vitest'
import { ConnectorForm, type ConnectorFormProps } from '../form/connector-form.js'
import type { FormSpec } from '../spec/spec-to-form.js'
import { render } from './render.js'

/** The form of a spec, named "Mine", with a person to use it and a note of what it submits. */
export function openForm(spec: FormSpec, props: Partial<ConnectorFormProps> = {}) {
  const onSubmit = vi.fn<ConnectorFormProps['onSubmit']>()
  const form = <ConnectorForm spec={spec} name="Mine" onSubmit={onSubmit} {...props} />
  /** What was submitted last; undefined where nothing was. */
  const submitted = () => onSubmit.mock.lastCall?.[0].configuration
  return { onSubmit, submitted, ...render(form) }
}

/** A form of these properties alone, all required unless said otherwise. */
export const specOf = (properties: Record<string, object>, required: string[] = Object.keys(properties)): FormSpec => ({
  connectionSpecification: { type: 'object', required, properties: { ...properties } },
})

export const field = (name: string | RegExp) => screen.getByLabelText(name)
export const button = (name: string | RegExp) => screen.getByRole('button', { name })
export const radio = (name: string) => screen.getByRole('radio', { name })
export const connect = () => button('Connect')
/** The folds of optional fields, top to bottom. */
export const fold = (index = 0) => screen.getAllByRole('button', { name: /^Optional settings/ })[index]!
