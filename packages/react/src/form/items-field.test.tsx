import { screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import type { PlainObject } from '../spec/path.js'
import { expectAccessible } from '../test/a11y.js'
import { render } from '../test/render.js'
import { ConnectorForm } from './connector-form.js'

const streams = {
  type: 'array',
  title: 'Streams',
  maxItems: 3,
  items: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', title: 'Stream name', order: 0 },
      days: { type: 'integer', title: 'Days', order: 1, always_show: true, maximum: 30 },
    },
  },
}

function open(held: PlainObject[], schema: PlainObject = streams) {
  const onSubmit = vi.fn()
  const spec = { connectionSpecification: { type: 'object', required: ['it'], properties: { it: schema } } }
  const view = render(<ConnectorForm spec={spec} name="Mine" initialConfiguration={{ it: held }} onSubmit={onSubmit} />)
  return {
    ...view,
    sent: async (): Promise<unknown> => {
      await view.user.click(button('Connect'))
      return onSubmit.mock.lastCall?.[0].configuration.it
    },
  }
}
const button = (name: string) => screen.getByRole('button', { name })
const group = () => screen.getByRole('group', { name: 'Streams' })
const said = () => within(group()).getAllByRole('status').at(-1)

describe('a list of objects', () => {
  it('adds one, opened, with the focus in its first field, and says so', async () => {
    const { user, container, sent } = open([])
    await user.click(button('Add to Streams'))
    expect(screen.getByLabelText('Stream name')).toHaveFocus()
    expect(said()).toHaveTextContent('Streams 1 added.')
    await expectAccessible(container)
    await user.keyboard('orders')
    expect(button('Stream name: orders')).toHaveAttribute('aria-expanded', 'true')
    expect(await sent()).toEqual([{ name: 'orders' }])
  })

  it('keeps stored ones folded, draws only what is open, and opens what is wrong', async () => {
    const { user, sent } = open([{ name: 'a' }, { name: 'b', days: 90 }])
    expect(screen.queryByLabelText('Stream name')).toBeNull()
    expect(await sent()).toBeUndefined()
    expect(screen.getByLabelText('Days')).toHaveFocus()
    expect(button('Stream name: a')).toHaveAttribute('aria-expanded', 'false')
    await user.clear(screen.getByLabelText('Days'))
    await user.type(screen.getByLabelText('Days'), '9')
    expect(screen.getByLabelText('Days')).toHaveValue('9')
    expect(await sent()).toEqual([{ name: 'a' }, { name: 'b', days: 9 }])
  })

  it('removes one and leaves the focus on the next, in the end on adding', async () => {
    const { user, sent } = open([{ name: 'a' }, { name: 'b' }])
    await user.click(button('Remove Stream name: a'))
    expect(button('Stream name: b')).toHaveFocus()
    expect(said()).toHaveTextContent('Stream name: a removed.')
    await user.click(button('Remove Stream name: b'))
    expect(button('Add to Streams')).toHaveFocus()
    expect(await sent()).toEqual([])
  })

  it('moves one, open as it is, and the focus stays on the button, at the end on its counterpart', async () => {
    const { user, sent } = open([{ name: 'a' }, { name: 'b' }, { name: 'c' }])
    await user.click(button('Stream name: c'))
    await user.click(button('Move Stream name: c up'))
    expect(button('Move Stream name: c up')).toHaveFocus()
    expect(said()).toHaveTextContent('Stream name: c is now 2 of 3.')
    await user.keyboard('{Enter}')
    expect(button('Move Stream name: c up')).toBeDisabled()
    expect(button('Move Stream name: c down')).toHaveFocus()
    expect(screen.getByLabelText('Stream name')).toHaveValue('c')
    expect(await sent()).toEqual([{ name: 'c' }, { name: 'a' }, { name: 'b' }])
  })

  it('takes no more than there may be, and says how many', async () => {
    const { user, sent } = open([{ name: 'a' }, { name: 'b' }, { name: 'c' }])
    expect(button('Add to Streams')).toHaveAttribute('aria-disabled', 'true')
    expect(button('Add to Streams')).toHaveAccessibleDescription('3 at most.')
    await user.click(button('Add to Streams'))
    expect(await sent()).toHaveLength(3)
  })

  it('holds lists in lists', async () => {
    const rows = { type: 'array', title: 'Rows', items: { type: 'array', title: 'Row', items: { type: 'integer' } } }
    const { user, sent } = open([], rows)
    await user.click(button('Add to Rows'))
    await user.keyboard('1{Enter}2{Enter}')
    await user.click(button('Add to Rows'))
    await user.keyboard('3{Enter}')
    expect(await sent()).toEqual([[1, 2], [3]])
  })
})
