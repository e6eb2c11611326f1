// Errors inside lists and maps: shown where they are, opened, named with their place, gone to.
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { secretMask } from '../spec/cast.js'
import { button, connect, openForm, specOf } from '../test/open-form.js'
import { objectListSpec } from '../test/specs.js'

const orders = { name: 'orders', format: { filetype: 'csv', delimiter: ';' } }
const nameless = { format: { filetype: 'parquet' } }
const stored = { bucket: 'b', streams: [orders, nameless] }
const error = (path: string[], message = 'No.') => ({ path, code: 'rejected', message })
const headersSpec = specOf(
  { headers: { type: 'object', title: 'Headers', additionalProperties: { type: 'string', title: 'Value' } } },
  ['headers'],
)

describe('errors in lists', () => {
  it('open the item they are in, say which one it is, and lead there', async () => {
    const { user } = openForm(objectListSpec, { initialConfiguration: stored })
    expect(screen.queryByLabelText('Stream name')).toBeNull()
    await user.click(connect())
    const link = within(screen.getByRole('alert')).getByRole('button', { name: 'Streams 2: Stream name is required.' })
    expect(screen.getByLabelText('Stream name')).toHaveFocus()
    connect().focus()
    await user.click(link)
    expect(screen.getByLabelText('Stream name')).toHaveFocus()
    expect(screen.getByLabelText('Stream name')).toHaveAccessibleDescription(/Stream name is required/)
  })

  it('stand at the list itself where they are about all of it', async () => {
    const { user } = openForm(objectListSpec, { initialConfiguration: { bucket: 'b', streams: [] } })
    await user.click(connect())
    expect(within(screen.getByRole('group', { name: 'Streams' })).getByText(/at least 1 value/)).toBeVisible()
    expect(button('Add to Streams')).toHaveFocus()
  })

  it('lead to what is wrong of the list, not to what is right in it', async () => {
    const errors = [error(['streams'], 'Too few.')]
    const { user } = openForm(objectListSpec, { initialConfiguration: stored, errors })
    await user.click(button(/^Stream name: orders/))
    await user.click(button('Too few.'))
    expect(button('Add to Streams')).toHaveFocus()
  })

  it('move with their item, and go with it', async () => {
    const errors = [error(['streams', '1', 'days'], 'Too long ago.')]
    const { user } = openForm(objectListSpec, { initialConfiguration: stored, errors })
    expect(screen.getByRole('alert')).toHaveTextContent('Streams 2: Too long ago.')
    await user.click(screen.getAllByRole('button', { name: /Move .* up/ })[1]!)
    expect(screen.getByRole('alert')).toHaveTextContent('Streams 1: Too long ago.')
    await user.click(screen.getAllByRole('button', { name: /^Remove/ })[0]!)
    expect(screen.queryByText(/Too long ago/)).toBeNull()
  })

  it('are not made of a new item before the next try', async () => {
    const { user } = openForm(objectListSpec)
    await user.click(connect())
    await user.click(button('Add to Streams'))
    expect(screen.getByLabelText('Stream name')).not.toHaveAttribute('aria-invalid')
    await user.click(connect())
    expect(screen.getByLabelText('Stream name')).toHaveAttribute('aria-invalid', 'true')
  })

  it.each([
    ['a field', ['streams', '0', 'days'], 'days'],
    ['a field of an option', ['streams', '0', 'format', 'delimiter'], 'delimiter'],
    ['a word of an option', ['streams', '0', 'format', 'filetype'], 'format'],
    ['an unknown key in it', ['streams', '0', 'gone', 'deep'], '0'],
    ['an item that is not there', ['streams', '7', 'name'], 'streams'],
  ])('find the deepest thing on screen: %s', (_, path, at) => {
    const { container } = openForm(objectListSpec, { initialConfiguration: stored, errors: [error(path)] })
    const shown = container.querySelector('[data-part="error"]')
    expect(shown?.closest('[data-path]')?.getAttribute('data-path')?.split('.').at(-1)).toBe(at)
    expect(container.querySelector('.opsai-form')).toContainElement(document.activeElement as HTMLElement)
    expect(document.activeElement).not.toBe(document.body)
  })
})

describe('errors of the same words', () => {
  it('say where they stand', async () => {
    const holder = (title: string) => ({
      type: 'object',
      title,
      required: ['password'],
      properties: { password: { type: 'string', title: 'Password' } },
    })
    const { user } = openForm(specOf({ a: holder('Source'), b: holder('Jump server') }))
    await user.click(connect())
    await user.click(button('Jump server: Password is required.'))
    expect(screen.getAllByLabelText('Password')[1]).toHaveFocus()
    expect(button('Source: Password is required.')).toBeVisible()
  })
})

describe('errors in maps', () => {
  it('stand at their row, with its name', () => {
    openForm(headersSpec, {
      initialConfiguration: { headers: { 'X Trace.1': 'a', other: 'b' } },
      errors: [error(['headers', 'X Trace.1'], 'Not a header.')],
    })
    expect(screen.getByRole('alert')).toHaveTextContent('Headers X Trace.1: Not a header.')
    expect(screen.getAllByLabelText('Value')[0]).toHaveAccessibleDescription(/Not a header/)
    expect(screen.getAllByLabelText('Value')[0]).toHaveFocus()
  })
})

describe('stored secrets in a list', () => {
  it('do not go along when their item gets another place: the server finds them by it', async () => {
    const streams = ['a', 'b'].map((name) => ({ ...orders, name, key: secretMask }))
    const { user, submitted } = openForm(objectListSpec, { initialConfiguration: { bucket: 'b', streams } })
    await user.click(connect())
    expect(submitted()).toEqual({ bucket: 'b', streams })
    await user.click(screen.getAllByRole('button', { name: /^Remove/ })[0]!)
    await user.click(connect())
    expect(submitted()).toEqual({ bucket: 'b', streams: [{ ...orders, name: 'b' }] })
  })
})
