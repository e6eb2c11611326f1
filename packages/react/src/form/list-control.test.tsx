import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from '../test/a11y.js'
import { renderOneField } from '../test/one-field.js'

const field = () => screen.getByLabelText('It', { exact: true })
const items = () => screen.getAllByRole('button', { name: /^Remove/ }).map((button) => button.closest('li')!)
const chips = () => items().map((item) => item.textContent)
const texts = { type: 'array', items: { type: 'string' } }

describe('a list of plain values', () => {
  it('is added to by Enter and by leaving, and taken from by Backspace and crosses (20, 21)', async () => {
    const { user, container, sent } = renderOneField(texts, { held: ['a'] })
    await user.type(field(), 'b{Enter}c')
    await user.tab()
    expect(chips()).toEqual(['a', 'b', 'c'])
    await expectAccessible(container)
    await user.type(field(), '{Backspace}')
    await user.click(screen.getByRole('button', { name: 'Remove a' }))
    expect(field()).toHaveFocus()
    expect(await sent()).toEqual({ it: ['b'] })
  })

  it('takes text with commas whole, and a paste of many lines as many', async () => {
    const { user, sent } = renderOneField(texts)
    await user.click(field())
    await user.keyboard('{{a,b}*.csv{Enter}')
    await user.paste('x\ny, z')
    expect(await sent()).toEqual({ it: ['{a,b}*.csv', 'x', 'y, z'] })
  })

  it('refuses what it has only where the spec does, and says so', async () => {
    const { user, sent } = renderOneField({ ...texts, uniqueItems: true })
    await user.type(field(), 'a{Enter}a{Enter}')
    await user.tab()
    expect(screen.getByText('a is already there.')).toBeInTheDocument()
    expect(await sent()).toEqual({ it: ['a'] })
  })

  it('keeps the same value twice where nothing forbids it', async () => {
    const { user, sent } = renderOneField({ type: 'array', items: { type: 'integer' } })
    await user.type(field(), '10,10 20{Enter}')
    expect(await sent()).toEqual({ it: [10, 10, 20] })
  })

  it('marks every value that is wrong, and takes one back to be changed by a double click', async () => {
    const { user, sent } = renderOneField({ type: 'array', items: { type: 'integer' } })
    await user.type(field(), '1,x,3,y{Enter}')
    expect(await sent()).toBeUndefined()
    const states = items().map((item) => item.dataset.state)
    expect(states).toEqual(['valid', 'invalid', 'valid', 'invalid'])
    await user.dblClick(within(items()[3]!).getByText('y'))
    await user.type(field(), '{Backspace}4{Enter}')
    await user.click(screen.getByRole('button', { name: 'Remove x' }))
    expect(await sent()).toEqual({ it: [1, 3, 4] })
  })
})
