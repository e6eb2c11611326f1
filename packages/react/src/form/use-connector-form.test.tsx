// A form made by a host out of the hook alone: nothing of ours is drawn.
import { screen, within } from '@testing-library/react'
import * as fc from 'fast-check'
import { act, renderHook } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { Field } from '../spec/field.js'
import { toItem } from '../spec/item.js'
import { isFilledBySignIn } from '../spec/oauth.js'
import type { FormSpec } from '../spec/spec-to-form.js'
import { generateConfiguration } from '../test/generate-configuration.js'
import { render } from '../test/render.js'
import { apiKeySpec, databaseSpec, everyKindSpec, nestedChoiceSpec, objectListSpec, signInSpec } from '../test/specs.js'
import { type ConnectorFormHandle, type ConnectorFormOptions, useConnectorForm } from './use-connector-form.js'

function HostField({ form, field }: { form: ConnectorFormHandle; field: Field }) {
  const { id, ids, value, onChange, onBlur, error, aria, disabled } = form.fieldProps(field)
  const inner = (fields: readonly Field[]) =>
    fields.map((each) => <HostField key={each.path.join()} form={form} field={each} />)
  const wrong = error && <em id={ids.error}>{error.message}</em>
  if (field.kind === 'hidden' || isFilledBySignIn(form.oauth, field.path)) return null
  if (field.kind === 'group') return <fieldset aria-label={field.title}>{inner(field.fields)}</fieldset>
  if (field.kind === 'choice') {
    const chosen = field.options.find((option) => option.value === value)
    return (
      <fieldset aria-label={field.title}>
        {field.options.map((option) => (
          <button key={option.title} type="button" onClick={() => onChange(option.value)}>
            {option.title}
          </button>
        ))}
        {inner(chosen?.fields ?? [])}
      </fieldset>
    )
  }
  if (field.kind === 'items' || field.kind === 'map') {
    const keys = Object.keys(value ?? {})
    return (
      <fieldset aria-label={field.title}>
        {keys.map((key) => (
          <div key={key}>
            <HostField form={form} field={toItem(field, key)} />
            <button type="button" onClick={() => form.removeItem(field, key)}>{`Drop ${field.title} ${key}`}</button>
          </div>
        ))}
        <button type="button" onClick={() => form.addItem(field)}>{`More ${field.title}`}</button>
        {wrong}
      </fieldset>
    )
  }
  return (
    <p>
      <label htmlFor={id}>{field.title}</label>
      <input
        id={id}
        value={typeof value === 'string' ? value : ''}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
        {...aria}
      />
      {wrong}
    </p>
  )
}

function HostForm({ spec, ...options }: ConnectorFormOptions & { spec: FormSpec }) {
  const form = useConnectorForm(spec, options)
  return (
    <div>
      {form.model.fields.map((field) => (
        <HostField key={field.path.join()} form={form} field={field} />
      ))}
      <output>{form.isDirty ? 'changed' : 'unchanged'}</output>
      <ul aria-label="What is wrong">
        {form.errors.map((error, index) => (
          <li key={index}>{[error.place, error.message].filter(Boolean).join(': ')}</li>
        ))}
      </ul>
      <button type="button" onClick={() => form.submit()}>
        Send
      </button>
      <button type="button" onClick={form.reset}>
        Discard
      </button>
    </div>
  )
}

describe('a form without a look', () => {
  it('is filled in, refused with its errors, mended and submitted', async () => {
    const onSubmit = vi.fn<(configuration: object) => void>()
    const { user } = render(<HostForm spec={objectListSpec} onSubmit={onSubmit} />)
    const send = () => user.click(screen.getByRole('button', { name: 'Send' }))
    await user.type(screen.getByLabelText('Bucket'), 'b')
    await user.click(screen.getByRole('button', { name: 'More Streams' }))
    await user.type(screen.getByLabelText('Days to keep'), '0')
    await send()
    const wrong = within(screen.getByRole('list', { name: 'What is wrong' }))
    expect(wrong.getAllByRole('listitem').map((item) => item.textContent)).toEqual([
      'Streams 1: Stream name is required.',
      expect.stringMatching(/^Streams 1: Days to keep must be 1 or more/),
    ])
    expect(screen.getByLabelText('Stream name')).toHaveAccessibleDescription('Stream name is required.')
    await user.type(screen.getByLabelText('Stream name'), 'orders')
    await user.clear(screen.getByLabelText('Days to keep'))
    await user.click(within(screen.getByRole('group', { name: 'Format' })).getByRole('button', { name: 'Parquet' }))
    await send()
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith({
      bucket: 'b',
      streams: [{ name: 'orders', format: { filetype: 'parquet' } }],
    })
  })

  it('goes back to what is stored when changes are discarded', async () => {
    const initialConfiguration = { api_key: '**********', start_date: '2024-01-01' }
    const { user } = render(
      <HostForm spec={apiKeySpec} onSubmit={() => {}} initialConfiguration={initialConfiguration} />,
    )
    await user.type(screen.getByLabelText('Start date'), '9')
    expect(screen.getByRole('status')).toHaveTextContent(/^changed/)
    await user.click(screen.getByRole('button', { name: 'Discard' }))
    expect(screen.getByLabelText('Start date')).toHaveValue('2024-01-01')
    expect(screen.getByRole('status')).toHaveTextContent('unchanged')
  })

  it('gives a field the same props while nothing of it changes', () => {
    const { result } = renderHook(() => useConnectorForm(databaseSpec, { onSubmit: () => {} }))
    const propsOf = () => result.current.model.fields.map((field) => result.current.fieldProps(field))
    const before = propsOf()
    act(() => before[0]?.onChange('db.example'))
    expect(propsOf().map((props, index) => props === before[index])).toEqual(before.map((_, index) => index !== 0))
  })
})

describe('what nobody changed', () => {
  it.each([
    ['an API key', apiKeySpec],
    ['a database', databaseSpec],
    ['a list of objects', objectListSpec],
    ['a choice in a choice', nestedChoiceSpec],
    ['a sign-in', signInSpec],
    ['every kind', everyKindSpec],
  ])('is submitted as it was stored, secrets as their masks: %s', (_, spec) => {
    fc.assert(
      fc.property(generateConfiguration(spec.connectionSpecification, 'typed'), (stored) => {
        const masked = maskSecrets(stored)
        const onSubmit = vi.fn<(configuration: object) => void>()
        const options = { onSubmit, initialConfiguration: masked }
        const { result, unmount } = renderHook(() => useConnectorForm(spec, options))
        expect(result.current.isDirty).toBe(false)
        act(() => void result.current.submit())
        expect(result.current.errors).toEqual([])
        expect(onSubmit).toHaveBeenCalledExactlyOnceWith(masked)
        unmount()
      }),
      { numRuns: 40 },
    )
  })
})

/** What an API gives back of a stored configuration. */
function maskSecrets<Value>(stored: Value): Value {
  const names = ['api_key', 'password', 'ssh_key', 'tunnel_user_password', 'key', 'token', 'access_token']
  const text = JSON.stringify(stored, (name, value: unknown) =>
    typeof value === 'string' && names.includes(name) ? '**********' : value,
  )
  return JSON.parse(text) as Value
}
