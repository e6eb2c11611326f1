// A stored configuration in the form: what is changed, what is not, and which secrets are meant.
import { screen } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { secretMask } from '../spec/cast.js'
import type { FormSpec } from '../spec/spec-to-form.js'
import { connect, field, openForm, radio } from '../test/open-form.js'
import { render } from '../test/render.js'
import { apiKeySpec, databaseSpec, objectListSpec, signInSpec } from '../test/specs.js'
import { ConnectorForm, type ConnectorFormProps } from './connector-form.js'

const way = (value: string, title: string) => ({
  title,
  required: ['way', 'secret'],
  properties: {
    way: { type: 'string', const: value },
    secret: { type: 'string', title: `${title} secret`, airbyte_secret: true },
    account: { type: 'string', title: 'Account' },
  },
})
const twoWaysSpec = {
  connectionSpecification: {
    required: ['auth'],
    properties: { auth: { type: 'object', title: 'Auth', oneOf: [way('key', 'Key'), way('token', 'Token')] } },
  },
}
const storedKey = { auth: { way: 'key', secret: secretMask, account: 'a' } }

describe('stored secrets', () => {
  it('are never sent from another option of a choice; switching back keeps them', async () => {
    const { user, onSubmit, submitted } = openForm(twoWaysSpec, { initialConfiguration: storedKey })
    await user.click(radio('Token'))
    expect(field('Token secret')).toHaveValue('')
    await user.click(connect())
    expect(onSubmit).not.toHaveBeenCalled()
    expect(field('Token secret')).toHaveFocus()
    await user.click(radio('Key'))
    await user.click(connect())
    expect(submitted()).toEqual(storedKey)
  })

  it('can still be kept after another option was tried and filled in', async () => {
    const { user, submitted } = openForm(twoWaysSpec, { initialConfiguration: storedKey })
    await user.click(radio('Token'))
    await user.type(field('Token secret'), 't')
    await user.click(radio('Key'))
    await user.click(screen.getByRole('button', { name: 'Keep stored Key secret' }))
    await user.click(connect())
    expect(submitted()).toEqual(storedKey)
  })

  it('are asked for again where ten stars stand for nothing', async () => {
    const { user, onSubmit } = openForm(apiKeySpec, { initialConfiguration: { start_date: '2024-01-01' } })
    await user.type(field('API key'), secretMask)
    await user.click(connect())
    expect(onSubmit).not.toHaveBeenCalled()
  })

  it('stay stored once a change was accepted', async () => {
    const onSubmit = vi.fn().mockResolvedValue('accepted')
    const { user } = openForm(apiKeySpec, {
      initialConfiguration: { api_key: secretMask, start_date: '2024-01-01' },
      onSubmit,
    })
    await user.click(screen.getByRole('button', { name: 'Replace API key' }))
    await user.type(field('API key'), 'new')
    await user.click(connect())
    await user.click(await screen.findByRole('button', { name: 'Replace API key' }))
    expect(field('API key')).toHaveValue('')
  })
})

describe('what is changed', () => {
  const openDirty = (props: Partial<ConnectorFormProps>, spec: FormSpec = apiKeySpec) => {
    const onDirtyChange = vi.fn<(isDirty: boolean) => void>()
    const told = () => onDirtyChange.mock.calls.map(([isDirty]) => isDirty)
    return { told, ...openForm(spec, { onDirtyChange, ...props }) }
  }
  const initialConfiguration = { api_key: secretMask, start_date: '2024-01-01', page_size: 50 }

  it('is told once, and taken back when it is as it was', async () => {
    const { user, told } = openDirty({ initialConfiguration })
    expect(told()).toEqual([])
    await user.type(field('Page size'), '0')
    await user.type(field('Page size'), '1')
    expect(told()).toEqual([true])
    await user.type(field('Page size'), '{Backspace}{Backspace}')
    expect(told()).toEqual([true, false])
  })

  it('counts the name, and replacing a secret until it is kept', async () => {
    const { user, told } = openDirty({ initialConfiguration })
    await user.type(field('Name'), '!')
    await user.type(field('Name'), '{Backspace}')
    await user.click(screen.getByRole('button', { name: 'Replace API key' }))
    await user.click(screen.getByRole('button', { name: 'Keep stored API key' }))
    expect(told()).toEqual([true, false, true, false])
  })

  it('is nothing after an option was chosen and left again', async () => {
    const { user, told } = openDirty({ initialConfiguration: storedKey }, twoWaysSpec)
    await user.click(radio('Token'))
    await user.click(radio('Key'))
    expect(told()).toEqual([true, false])
  })

  it('is nothing once it was accepted', async () => {
    const { user, told } = openDirty({ initialConfiguration, onSubmit: () => Promise.resolve('accepted') })
    await user.type(field('Page size'), '0')
    await user.type(field('Name'), '!')
    await user.click(connect())
    await screen.findByRole('button', { name: 'Connect' })
    expect(told()).toEqual([true, false])
  })
})

describe('a form in other surroundings', () => {
  it('has no name where it needs none', async () => {
    const { user, onSubmit } = openForm(apiKeySpec, { withName: false, name: undefined })
    expect(screen.queryByLabelText('Name')).toBeNull()
    await user.type(field('API key'), 'k')
    await user.type(field('Start date'), '2024-01-25')
    await user.click(connect())
    expect(onSubmit.mock.lastCall?.[0]).toMatchObject({ name: '', configuration: { api_key: 'k' } })
  })

  it('tells which field has the focus, the innermost, once', async () => {
    const onFieldFocus = vi.fn<(path: readonly string[]) => void>()
    const { user } = openForm(objectListSpec, {
      onFieldFocus,
      initialConfiguration: { bucket: 'b', streams: [{ name: 'o', format: { filetype: 'csv', delimiter: ';' } }] },
    })
    await user.click(field('Name'))
    await user.click(field('Bucket'))
    await user.click(screen.getByRole('button', { name: /^Stream name: o/ }))
    await user.click(radio('Parquet'))
    await user.click(radio('CSV'))
    await user.click(field('Stream name'))
    expect(onFieldFocus.mock.calls.map(([path]) => path.join('.'))).toEqual([
      'bucket',
      'streams.0',
      'streams.0.format',
      'streams.0.name',
    ])
  })
})

describe('what the server found', () => {
  it.each([
    ['a field that signing in fills', ['credentials', 'client_secret'], signInSpec],
    ['a folded field', ['schemas', '0'], databaseSpec],
    ['a hidden or unknown one', ['nowhere', 'deep'], databaseSpec],
    ['the whole', [], databaseSpec],
  ])('is never lost: at %s', (_, path, spec) => {
    const errors = [{ path, code: 'rejected', message: 'The plan has ended.' }]
    openForm(spec, { errors, renderSignIn: () => <button type="button">Sign in</button> })
    expect(screen.getByRole('alert')).toHaveTextContent('The plan has ended.')
  })

  it('is not heard twice when the host draws the same again', async () => {
    function Host() {
      const [isDirty, setDirty] = useState(false)
      const errors = [{ path: ['start_date'], code: 'rejected', message: 'One year only.' }]
      const form = <ConnectorForm spec={apiKeySpec} errors={errors} onDirtyChange={setDirty} onSubmit={() => {}} />
      return <div data-state={isDirty ? 'changed' : 'unchanged'}>{form}</div>
    }
    const { user, container } = render(<Host />)
    await user.type(field('API key'), 'key')
    expect(container.querySelector('[data-state=changed]')).toBeVisible()
    expect(field('API key')).toHaveFocus()
    expect(field('API key')).toHaveValue('key')
  })
})
