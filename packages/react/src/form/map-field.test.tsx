import { screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { PlainObject } from '../spec/path.js'
import { expectAccessible } from '../test/a11y.js'
import { render } from '../test/render.js'
import { ConnectorForm } from './connector-form.js'

function open(held: PlainObject, value: PlainObject = { type: 'string', title: 'Value' }) {
  const onSubmit = vi.fn()
  const headers = { type: 'object', title: 'Headers', additionalProperties: value }
  const view = render(
    <ConnectorForm
      spec={{ connectionSpecification: { type: 'object', required: ['it'], properties: { it: headers } } }}
      withName={false}
      initialConfiguration={{ it: held }}
      onSubmit={onSubmit}
    />,
  )
  return {
    ...view,
    sent: async (): Promise<unknown> => {
      onSubmit.mockClear()
      await view.user.click(button('Connect'))
      return onSubmit.mock.lastCall?.[0].configuration.it
    },
  }
}
const button = (name: string) => screen.getByRole('button', { name })
const names = () => screen.getAllByRole('textbox', { name: 'Name' })
const values = () => screen.getAllByRole('textbox', { name: 'Value' })

describe('a map', () => {
  it('adds a row: its name, then its value', async () => {
    const { user, container, sent } = open({ Accept: 'text/csv' })
    await user.click(button('Add to Headers'))
    expect(names()[1]).toHaveFocus()
    await user.keyboard('X-Id')
    await user.tab()
    expect(values()[1]).toHaveFocus()
    await user.keyboard('12')
    await expectAccessible(container)
    expect(await sent()).toEqual({ Accept: 'text/csv', 'X-Id': '12' })
  })

  it('renames in place by Enter, without losing the order or the focus', async () => {
    const { user, sent } = open({ a: '1', b: '2' })
    await user.click(names()[0]!)
    await user.keyboard('{Backspace}c{Enter}')
    expect(names()[0]).toHaveFocus()
    expect(Object.entries((await sent()) as object)).toEqual([
      ['c', '1'],
      ['b', '2'],
    ])
  })

  it('refuses a name twice, keeps what was typed, and sends nothing that is not shown', async () => {
    const { user, sent } = open({ a: '1', b: '2' })
    await user.clear(names()[1]!)
    await user.type(names()[1]!, 'a')
    await user.tab()
    expect(names()[1]).toHaveValue('a')
    expect(names()[1]).toHaveAccessibleDescription('a is there already. Choose another name.')
    expect(await sent()).toBeUndefined()
    await user.type(names()[1]!, '2{Enter}')
    expect(await sent()).toEqual({ a: '1', a2: '2' })
  })

  it('asks for a name that was left blank', async () => {
    const { user, sent } = open({ a: '1' })
    await user.clear(names()[0]!)
    await user.tab()
    expect(names()[0]).toHaveAccessibleDescription('Give it a name.')
    expect(await sent()).toBeUndefined()
  })

  it('leaves out a row with neither name nor value, and marks nothing', async () => {
    const { user, sent } = open({ a: '1' })
    await user.click(button('Add to Headers'))
    await user.tab()
    expect(names()[1]).not.toHaveAttribute('aria-invalid')
    expect(await sent()).toEqual({ a: '1' })
    expect(names()[1]).not.toHaveAttribute('aria-invalid')
  })

  it('removes a row; one that has a name like another had is another row', async () => {
    const warned = vi.spyOn(console, 'error')
    const { user, sent } = open({ a: '1' })
    for (const name of ['b', 'c']) {
      await user.click(button('Add to Headers'))
      await user.keyboard(`${name}{Enter}`)
      await user.type(values().at(-1)!, name)
    }
    await user.click(button('Remove b'))
    expect(names()[1]).toHaveFocus()
    expect(await sent()).toEqual({ a: '1', c: 'c' })
    expect(warned).not.toHaveBeenCalled()
  })

  it('checks each value by its own rules', async () => {
    const { user, sent } = open({ a: '1' }, { type: 'string', title: 'Value', pattern: '^[0-9]+$' })
    await user.type(values()[0]!, 'x')
    expect(await sent()).toBeUndefined()
    expect(values()[0]).toHaveFocus()
    await user.keyboard('{Backspace}5')
    expect(await sent()).toEqual({ a: '15' })
  })
})
