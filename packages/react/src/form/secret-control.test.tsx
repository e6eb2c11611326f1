import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { secretMask } from '../spec/cast.js'
import { expectAccessible } from '../test/a11y.js'
import { renderOneField } from '../test/one-field.js'

const secret = { type: 'string', airbyte_secret: true }
const field = () => screen.getByLabelText('It', { exact: true })
const show = () => screen.queryByRole('button', { name: 'Show It' })

describe('a secret', () => {
  it('can be looked at while it is typed, and is hidden again once it was emptied', async () => {
    const { user } = renderOneField(secret)
    expect(show()).toBeNull()
    await user.type(field(), 'k')
    await user.click(show()!)
    expect(field()).toHaveAttribute('type', 'text')
    await user.clear(field())
    await user.type(field(), 'k')
    expect(field()).toHaveAttribute('type', 'password')
  })

  it('is hidden again once it was accepted', async () => {
    const onSubmit = () => Promise.resolve('accepted' as const)
    const { user } = renderOneField({ ...secret, multiline: true }, { onSubmit })
    await user.type(field(), 'k')
    await user.click(show()!)
    await user.click(screen.getByRole('button', { name: 'Connect' }))
    await waitFor(() => expect(field()).toHaveValue(''))
    await user.type(field(), 'k')
    expect(field()).toHaveAttribute('data-kind', 'secret')
  })

  it('of several lines is drawn as discs', async () => {
    const { user } = renderOneField({ ...secret, multiline: true })
    await user.type(field(), 'k')
    expect(field()).toHaveAttribute('data-kind', 'secret')
    await user.click(show()!)
    expect(field()).not.toHaveAttribute('data-kind')
  })

  it.each([false, true])('that is stored is never shown, replaced or kept; of several lines: %s', async (multiline) => {
    const { user, container, sent } = renderOneField({ ...secret, multiline }, { held: secretMask })
    expect(show()).toBeNull()
    await expectAccessible(container)
    await user.click(screen.getByRole('button', { name: 'Replace It' }))
    expect(field()).toHaveFocus()
    await user.keyboard('new')
    expect(await sent()).toEqual({ it: 'new' })
    await user.click(screen.getByRole('button', { name: 'Keep stored It' }))
    expect(screen.getByRole('button', { name: 'Replace It' })).toHaveFocus()
    expect(await sent()).toEqual({ it: secretMask })
  })
})
