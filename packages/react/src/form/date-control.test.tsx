import { screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { expectAccessible } from '../test/a11y.js'
import { renderOneField } from '../test/one-field.js'

const field = () => screen.getByLabelText('It', { exact: true })

describe('a date', () => {
  it.each([
    ['a day', { format: 'date' }, 'date', '2026-11-24', '2026-11-24'],
    ['a month', { pattern: '^\\d{4}-\\d{2}$' }, 'month', '2026-11', '2026-11'],
    ['an instant', { format: 'date-time' }, 'datetime-local', '2026-11-24T14:00:05', '2026-11-24T14:00:05Z'],
  ])('that is %s is picked', async (_, schema, type, typed, stored) => {
    const { user, container, sent } = renderOneField({ type: 'string', ...schema })
    expect(field()).toHaveAttribute('type', type)
    await user.type(field(), typed)
    await expectAccessible(container)
    expect(await sent()).toEqual({ it: stored })
  })

  it('says what an instant is on the own clock', () => {
    const zone = vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions')
    zone.mockReturnValue({ timeZone: 'Europe/Berlin' } as Intl.ResolvedDateTimeFormatOptions)
    renderOneField({ type: 'string', format: 'date-time' }, { held: '2026-11-24T14:00:00Z' })
    expect(field()).toHaveAccessibleDescription(/^UTC = .*2026.* your time, Europe\/Berlin$/)
    zone.mockRestore()
  })

  it('that no picker can hold stays as it is, as text (51)', async () => {
    const { user, sent } = renderOneField({ type: 'string', format: 'date-time' }, { held: 'yesterday' })
    expect(field()).toHaveAttribute('type', 'text')
    expect(field()).toHaveValue('yesterday')
    expect(await sent()).toBeUndefined()
    expect(field()).toHaveValue('yesterday')
    await user.clear(field())
    await user.type(field(), '2026-11-24T14:00:00Z')
    expect(await sent()).toEqual({ it: '2026-11-24T14:00:00Z' })
  })

  it('can be typed, and cleared where it is optional', async () => {
    const { user, sent } = renderOneField({ type: 'string', format: 'date' }, { required: false, held: '2026-11-24' })
    await user.click(screen.getByRole('button', { name: 'Type It as text' }))
    expect(field()).toHaveAttribute('type', 'text')
    await user.type(field(), '{Backspace}5')
    expect(await sent()).toEqual({ it: '2026-11-25' })
    await user.click(screen.getByRole('button', { name: 'Pick It' }))
    expect(field()).toHaveAttribute('type', 'date')
    await user.click(screen.getByRole('button', { name: 'Clear It' }))
    expect(field()).toHaveFocus()
    expect(await sent()).toEqual({})
  })
})
