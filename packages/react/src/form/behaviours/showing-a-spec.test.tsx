// Behaviours 1–9 of a connector form: what a spec becomes on the screen. Numbered as Airbyte's own form's tests are.
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { secretMask } from '../../spec/cast.js'
import { button, connect, field, openForm, radio, specOf } from '../../test/open-form.js'
import { apiKeySpec, databaseSpec, everyKindSpec, objectListSpec, signInSpec } from '../../test/specs.js'

describe('showing a spec', () => {
  it.each([
    ['an API key', apiKeySpec],
    ['a sign-in', signInSpec],
    ['nothing at all', specOf({})],
  ])('behaviour 1: name and submit button are always there, the name as given: %s', (_, spec) => {
    openForm(spec, { name: 'Beacon' })
    expect(field('Name')).toHaveValue('Beacon')
    expect(connect()).toHaveAttribute('type', 'submit')
  })

  it('behaviour 1: the name typed is the name submitted', async () => {
    const { user, onSubmit } = openForm(specOf({}), { name: 'Beacon' })
    await user.clear(field('Name'))
    await user.type(field('Name'), ' Our Beacon ')
    await user.click(connect())
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith({ name: 'Our Beacon', configuration: {} })
  })

  it('behaviour 2: a string is a text field', async () => {
    const { user, submitted } = openForm(specOf({ host: { type: 'string', title: 'Host' } }))
    expect(screen.getByRole('textbox', { name: 'Host' })).toHaveAttribute('aria-required', 'true')
    await user.type(field('Host'), ' db.example.com ')
    await user.click(connect())
    expect(submitted()).toEqual({ host: 'db.example.com' })
  })

  it.each([
    ['integer', '6543', 6543, 'numeric'],
    ['number', '0.25', 0.25, 'decimal'],
  ])('behaviour 3: %s is a number field and sent as a number', async (type, typed, sent, keyboard) => {
    const { user, submitted } = openForm(specOf({ it: { type, title: 'Size', minimum: 0 } }))
    expect(screen.getByRole('textbox', { name: 'Size' })).toHaveAttribute('inputmode', keyboard)
    await user.type(field('Size'), 'many')
    await user.click(connect())
    expect(field('Size')).toHaveAccessibleDescription(/must be a (whole )?number/)
    await user.clear(field('Size'))
    await user.type(field('Size'), typed)
    await user.click(connect())
    expect(submitted()).toEqual({ it: sent })
  })

  it.each([
    ['a string', apiKeySpec, 'API key'],
    ['a string or null', everyKindSpec, 'Token'],
  ])('behaviour 4: a secret is a password field no browser fills in: %s', (_, spec, name) => {
    openForm(spec)
    expect(field(name)).toHaveAttribute('type', 'password')
    expect(field(name)).toHaveAttribute('autocomplete', 'new-password')
    expect(field(name)).toHaveValue('')
  })

  it('behaviour 5: a multiline string is a text area and keeps its lines', async () => {
    const { user, submitted } = openForm(specOf({ sql: { type: 'string', title: 'Query', multiline: true } }))
    expect(field('Query').tagName).toBe('TEXTAREA')
    await user.type(field('Query'), 'SELECT 1{Enter}UNION{Enter}SELECT 2')
    await user.click(connect())
    expect(submitted()).toEqual({ sql: 'SELECT 1\nUNION\nSELECT 2' })
  })

  it("behaviour 6: a oneOf is a choice with its options' titles, as cards or as a select", () => {
    openForm(databaseSpec)
    const cards = screen.getByRole('radiogroup', { name: 'How changes are found' })
    expect(within(cards).getAllByRole('radio')).toHaveLength(2)
    expect(radio('Write-ahead log')).toBeChecked()
    expect(radio('Write-ahead log')).toHaveAccessibleDescription(/Sees deletes and reads each change once/)
    const select = screen.getByRole('combobox', { name: 'Tunnel' })
    expect(
      within(select)
        .getAllByRole('option')
        .map((option) => option.textContent),
    ).toEqual(['No tunnel', 'SSH with a key', 'SSH with a password'])
  })

  it('behaviour 6: an option that is hidden is not offered, but shown where it is stored', () => {
    const way = (name: string, more = {}) => ({ title: name, properties: { is: { const: name } }, ...more })
    const spec = specOf({
      way: { title: 'Way', oneOf: [way('new'), way('newer'), way('old', { airbyte_hidden: true })] },
    })
    const { unmount } = openForm(spec)
    expect(screen.getAllByRole('radio')).toHaveLength(2)
    unmount()
    openForm(spec, { initialConfiguration: { way: { is: 'old' } } })
    expect(radio('old')).toBeChecked()
  })

  it('behaviour 7: a list of plain values takes chips', async () => {
    const { user, submitted } = openForm(
      specOf({
        words: { type: 'array', title: 'Words', items: { type: 'string' } },
        sizes: { type: 'array', title: 'Sizes', items: { type: 'integer' } },
        loose: { type: 'array', title: 'Loose' },
      }),
    )
    await user.type(field('Words'), 'one{Enter}two{Enter}')
    await user.type(field('Sizes'), '1{Enter}2{Enter}')
    await user.type(field('Loose'), 'what{Enter}')
    expect(button('Remove two')).toBeVisible()
    await user.click(connect())
    expect(submitted()).toEqual({ words: ['one', 'two'], sizes: [1, 2], loose: ['what'] })
  })

  it('behaviour 8: a list with an enum takes several of the choices', async () => {
    const { user, submitted } = openForm(
      specOf({ markets: { type: 'array', title: 'Markets', items: { type: 'string', enum: ['DE', 'FR', 'IT'] } } }),
    )
    const group = screen.getByRole('group', { name: 'Markets' })
    expect(within(group).getAllByRole('checkbox')).toHaveLength(3)
    await user.click(screen.getByRole('checkbox', { name: 'IT' }))
    await user.click(screen.getByRole('checkbox', { name: 'DE' }))
    await user.click(connect())
    expect(submitted()).toEqual({ markets: ['DE', 'IT'] })
  })

  it('behaviour 9: a list of objects lists its items and adds new ones', async () => {
    const { user } = openForm(objectListSpec, {
      initialConfiguration: {
        bucket: 'b',
        streams: [
          { name: 'orders', format: { filetype: 'csv' }, key: secretMask },
          { name: 'people', format: { filetype: 'parquet' } },
        ],
      },
    })
    const list = within(screen.getByRole('group', { name: 'Streams' }))
    expect(list.getByRole('button', { name: /^Stream name: orders/ })).toHaveAttribute('aria-expanded', 'false')
    expect(list.getByRole('button', { name: /^Stream name: people/ })).toBeVisible()
    expect(screen.queryByText(secretMask, { exact: false })).toBeNull()
    await user.click(button('Add to Streams'))
    expect(list.getAllByRole('button', { name: /^Remove/ })).toHaveLength(3)
    expect(field('Stream name')).toHaveValue('')
    expect(field('Stream name')).toHaveFocus()
  })
})
