import { screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { secretMask } from '../spec/cast.js'
import { expectAccessible } from '../test/a11y.js'
import { render } from '../test/render.js'
import { apiKeySpec, databaseSpec, everyKindSpec } from '../test/specs.js'
import { ConnectorForm, type ConnectorFormProps } from './connector-form.js'

const open = (props: Partial<ConnectorFormProps> & Pick<ConnectorFormProps, 'spec'>) => {
  const onSubmit = vi.fn<ConnectorFormProps['onSubmit']>()
  return { onSubmit, ...render(<ConnectorForm name="Mine" onSubmit={onSubmit} {...props} />) }
}
const field = (name: string | RegExp) => screen.getByLabelText(name)
const connect = () => screen.getByRole('button', { name: 'Connect' })
const fold = (index = 0) => screen.getAllByRole('button', { name: /Optional settings/ })[index]!

describe('showing a spec', () => {
  it('has a name that starts as given, and a submit button (1)', () => {
    open({ spec: apiKeySpec })
    expect(field('Name')).toHaveValue('Mine')
    expect(connect()).toHaveAttribute('type', 'submit')
  })

  it('shows each kind with its control (2–8)', async () => {
    const { user } = open({ spec: everyKindSpec })
    expect(field('Workspace')).toHaveAttribute('placeholder', 'acme-12')
    expect(field('Token')).toHaveAttribute('type', 'password')
    expect(field('Token')).toHaveAttribute('autocomplete', 'new-password')
    expect(field('Limit')).toHaveAttribute('inputmode', 'decimal')
    expect(field('Query').tagName).toBe('TEXTAREA')
    expect(field('Region').tagName).toBe('SELECT')
    expect(field('Since')).toHaveAttribute('type', 'datetime-local')
    expect(screen.getByRole('switch', { name: 'Sandbox' })).not.toBeChecked()
    expect(within(screen.getByRole('group', { name: 'Markets' })).getAllByRole('checkbox')).toHaveLength(4)
    await user.click(fold(1))
    expect(field('Filters')).toHaveAccessibleDescription('Written as JSON.')
  })

  it('never shows constants and hidden fields, but sends them', async () => {
    open({ spec: everyKindSpec })
    expect(screen.queryByLabelText(/mode|legacy/i)).toBeNull()
  })

  it('keeps a long description to two lines until somebody wants more (50)', async () => {
    const { user } = open({ spec: everyKindSpec })
    const more = screen.getByRole('button', { name: 'Show more' })
    expect(more.closest('[data-state]')).toHaveAttribute('data-state', 'clamped')
    await user.click(more)
    expect(screen.getByRole('button', { name: 'Show less' }).closest('[data-state]')).toHaveAttribute(
      'data-state',
      'whole',
    )
  })

  it.each([
    ['an API key', apiKeySpec],
    ['a database', databaseSpec],
    ['every kind', everyKindSpec],
  ])('is accessible: %s, before and after a refused submit', async (_, spec) => {
    const { user, container } = open({ spec })
    await expectAccessible(container)
    await user.click(connect())
    await expectAccessible(container)
  })
})

describe('filling it in', () => {
  it('sends what was typed, cast, with the defaults of the folded fields (13)', async () => {
    const { user, onSubmit } = open({ spec: apiKeySpec })
    await user.type(field('API key'), ' key_1 ')
    await user.type(field('Start date'), '2024-01-25')
    await user.click(connect())
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith({
      name: 'Mine',
      configuration: { api_key: 'key_1', start_date: '2024-01-25', page_size: 100 },
    })
  })

  it('submits by Enter, and works by keyboard alone', async () => {
    const { user, onSubmit } = open({ spec: apiKeySpec })
    await user.tab()
    await user.tab()
    await user.tab()
    expect(field('API key')).toHaveFocus()
    await user.keyboard('key_1')
    await user.type(field('Start date'), '2024-01-25')
    await user.click(field('API key'))
    await user.keyboard('{Enter}')
    expect(onSubmit).toHaveBeenCalledOnce()
  })

  it('folds optional fields and opens them on demand (10)', async () => {
    const { user } = open({ spec: apiKeySpec })
    expect(screen.queryByLabelText('Page size')).toBeNull()
    await user.click(fold())
    expect(field('Page size')).toHaveValue('100')
    expect(fold()).toHaveAttribute('aria-expanded', 'true')
  })

  it('opens a fold by itself that holds a value of its own (14)', () => {
    open({
      spec: apiKeySpec,
      initialConfiguration: { api_key: secretMask, start_date: '2024-01-01', page_size: 50 },
    })
    expect(field('Page size')).toHaveValue('50')
  })

  it('shows an optional field that is always to be shown, and does not ask for it (11)', async () => {
    const { user } = open({ spec: databaseSpec })
    expect(field('Password')).not.toHaveAttribute('aria-required')
    await user.click(connect())
    expect(field('Password')).not.toHaveAttribute('aria-invalid')
  })

  it('adds and removes chips: by Enter, comma, paste, leaving, Backspace and their crosses (20, 21)', async () => {
    const { user, onSubmit } = open({
      spec: {
        connectionSpecification: {
          required: ['ids'],
          properties: { ids: { type: 'array', title: 'IDs', items: { type: 'integer' } } },
        },
      },
    })
    await user.type(field('IDs'), '1{Enter}2,2{Enter}')
    await user.click(field('IDs'))
    await user.paste('3, 4\n5')
    await user.keyboard('{Backspace}6')
    await user.click(screen.getByRole('button', { name: 'Remove 1' }))
    await user.click(connect())
    expect(onSubmit.mock.lastCall?.[0].configuration).toEqual({ ids: [2, 3, 4, 6] })
  })

  it('takes several of a list, and filters a long one (22, 23)', async () => {
    const values = Array.from({ length: 12 }, (_, index) => `value-${index}`)
    const { user, onSubmit } = open({
      spec: {
        connectionSpecification: {
          properties: { it: { type: 'array', title: 'It', always_show: true, items: { enum: values } } },
        },
      },
      initialConfiguration: { it: ['value-3'] },
    })
    await user.type(screen.getByRole('searchbox', { name: 'Filter It' }), '11')
    expect(screen.getAllByRole('checkbox')).toHaveLength(1)
    await user.click(screen.getByRole('checkbox', { name: 'value-11' }))
    await user.click(connect())
    expect(onSubmit.mock.lastCall?.[0].configuration).toEqual({ it: ['value-3', 'value-11'] })
  })

  it('switches a choice as cards and as a select, and keeps fields of the same name (24, 25, 27)', async () => {
    const { user, onSubmit } = open({
      spec: databaseSpec,
      initialConfiguration: {
        host: 'h',
        port: 1,
        database: 'd',
        username: 'u',
        method: { method: 'LOG', slot: 's' },
      },
    })
    expect(screen.getByRole('radio', { name: 'Write-ahead log' })).toBeChecked()
    await user.click(screen.getByRole('radio', { name: 'A cursor column' }))
    expect(screen.queryByLabelText('Replication slot')).toBeNull()
    await user.selectOptions(field('Tunnel'), 'SSH with a key')
    await user.type(field('Jump server host'), 'jump')
    await user.selectOptions(field('Tunnel'), 'SSH with a password')
    expect(field('Jump server host')).toHaveValue('jump')
    await user.type(screen.getAllByLabelText('Password')[1]!, 'p')
    await user.click(connect())
    expect(onSubmit.mock.lastCall?.[0].configuration).toEqual({
      host: 'h',
      port: 1,
      database: 'd',
      username: 'u',
      method: { method: 'CURSOR' },
      tunnel: {
        tunnel_method: 'SSH_PASSWORD_AUTH',
        tunnel_host: 'jump',
        tunnel_port: 22,
        tunnel_user_password: 'p',
      },
    })
  })

  it('takes a control of the host by path (46)', async () => {
    const { user, onSubmit } = open({
      spec: { connectionSpecification: { properties: { region: { type: 'string', always_show: true } } } },
      components: {
        region: ({ id, onChange }) => (
          <button type="button" id={id} onClick={() => onChange('eu')}>
            EU
          </button>
        ),
      },
    })
    await user.click(field('Region'))
    await user.click(connect())
    expect(onSubmit.mock.lastCall?.[0].configuration).toEqual({ region: 'eu' })
  })
})

describe('secrets', () => {
  const stored = { api_key: secretMask, start_date: '2024-01-01' }

  it('keeps a stored one without showing it, or takes another; keeping restores it (18, 19)', async () => {
    const { user, onSubmit } = open({ spec: apiKeySpec, initialConfiguration: stored })
    expect(screen.queryByDisplayValue(secretMask)).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Replace API key' }))
    expect(field('API key')).toHaveFocus()
    await user.type(field('API key'), 'new')
    await user.click(connect())
    expect(onSubmit.mock.lastCall?.[0].configuration).toMatchObject({ api_key: 'new' })
    await user.click(screen.getByRole('button', { name: 'Keep stored API key' }))
    await user.click(connect())
    expect(onSubmit.mock.lastCall?.[0].configuration).toMatchObject({ api_key: secretMask })
  })

  it.each([
    ['forgets', 'accepted', ''],
    ['keeps', 'rejected', 'key_1'],
  ] as const)('%s what was typed once it was %s', async (_, outcome, value) => {
    const onSubmit = vi.fn().mockResolvedValue(outcome)
    const { user } = open({ spec: apiKeySpec, initialConfiguration: { start_date: '2024-01-01' }, onSubmit })
    await user.type(field('API key'), 'key_1')
    await user.click(connect())
    expect(await screen.findByRole('button', { name: 'Connect' })).toBeEnabled()
    expect(field('API key')).toHaveValue(value)
  })
})
