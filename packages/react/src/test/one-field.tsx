import { screen } from '@testing-library/react'
import { vi } from 'vitest'
import { ConnectorForm, type ConnectorFormProps } from '../form/connector-form.js'
import type { PlainObject } from '../spec/path.js'
import { render } from './render.js'

export interface OneFieldOptions extends Partial<ConnectorFormProps> {
  /** What is stored of the field. Default: nothing. */
  held?: unknown
  /** Default true. */
  required?: boolean
}

/** A form with one field, always shown, and a way to submit it and see what was sent of the field. */
export function renderOneField(schema: PlainObject, { held, required = true, ...props }: OneFieldOptions = {}) {
  const onSubmit = vi.fn<ConnectorFormProps['onSubmit']>()
  const spec = {
    connectionSpecification: {
      type: 'object',
      required: required ? ['it'] : [],
      properties: { it: { title: 'It', always_show: true, ...schema } },
    },
  }
  const view = render(
    <ConnectorForm
      spec={spec}
      withName={false}
      initialConfiguration={held === undefined ? undefined : { it: held }}
      onSubmit={onSubmit}
      {...props}
    />,
  )
  /** The configuration that was sent; undefined where the form refused. */
  const sent = async (): Promise<PlainObject | undefined> => {
    onSubmit.mockClear()
    await view.user.click(screen.getByRole('button', { name: 'Connect' }))
    return onSubmit.mock.lastCall?.[0].configuration
  }
  return { ...view, sent }
}
