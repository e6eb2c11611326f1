import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from '../test/a11y.js'
import { renderOneField } from '../test/one-field.js'

const field = () => screen.getByLabelText('It', { exact: true })

describe('a number', () => {
  it.each([
    ['both limits', { minimum: 1, maximum: 65536 }, '1 to 65536'],
    ['a lower one', { minimum: 1 }, '1 or more'],
    ['an upper one', { maximum: 40 }, '40 or less'],
  ])('says %s', (_, limits, hint) => {
    renderOneField({ type: 'integer', ...limits })
    expect(field()).toHaveAccessibleDescription(hint)
  })

  it('keeps what is no number, says so, and shows its default once it is empty', async () => {
    const { user, sent } = renderOneField({ type: 'integer', default: 5432 })
    await user.clear(field())
    expect(field()).toHaveAttribute('placeholder', '5432')
    await user.type(field(), '54e')
    expect(await sent()).toBeUndefined()
    expect(field()).toHaveValue('54e')
    expect(field()).toHaveAccessibleDescription('It must be a whole number.')
    await user.type(field(), '{Backspace}')
    expect(await sent()).toEqual({ it: 54 })
  })
})

describe('on or off', () => {
  it('stays unsent where nobody chose, and can be unset again', async () => {
    const { user, sent } = renderOneField({ type: 'boolean' }, { required: false })
    const it = screen.getByRole('switch', { name: 'It' })
    expect(it).toHaveAccessibleDescription('Not set')
    expect(await sent()).toEqual({})
    await user.click(it)
    await user.click(it)
    expect(await sent()).toEqual({ it: false })
    await user.click(screen.getByRole('button', { name: 'Clear It' }))
    expect(it).toHaveFocus()
    expect(await sent()).toEqual({})
  })

  it('starts as its default, and is then always one or the other', async () => {
    const { sent } = renderOneField({ type: 'boolean', default: true }, { required: false })
    expect(screen.getByRole('switch', { name: 'It' })).toBeChecked()
    expect(screen.queryByRole('button', { name: 'Clear It' })).toBeNull()
    expect(await sent()).toEqual({ it: true })
  })
})

describe('what is only to be read', () => {
  it.each([
    ['text', { type: 'string' }, 'eu', 'eu'],
    ['a number', { type: 'integer' }, 5, '5'],
    ['one of a list', { type: 'string', enum: ['a', 'b'] }, 'b', 'b'],
    ['a list', { type: 'array', items: { type: 'string' } }, ['a', 'b'], 'a, b'],
    ['a secret', { type: 'string', airbyte_secret: true }, '**********', 'Stored'],
  ])('is shown, in reach, and said: %s', async (_, schema, held, shown) => {
    const { user, container, sent } = renderOneField({ readOnly: true, ...schema }, { held })
    await user.type(field(), 'x')
    expect(field()).toHaveFocus()
    expect(field()).toHaveValue(shown)
    expect(field()).toHaveAccessibleDescription("Can't be changed here.")
    await expectAccessible(container)
    expect(await sent()).toEqual({ it: held })
  })

  it('holds for a switch', async () => {
    const { user, sent } = renderOneField({ type: 'boolean', readOnly: true }, { held: true })
    await user.click(screen.getByRole('switch', { name: 'It' }))
    expect(screen.getByRole('switch', { name: 'It' })).toHaveFocus()
    expect(await sent()).toEqual({ it: true })
  })
})

describe('free JSON', () => {
  const json = { type: 'object', additionalProperties: true }

  it('is put in order once it is left', async () => {
    const { user, sent } = renderOneField(json)
    await user.click(field())
    await user.paste('{"a":[1]}')
    await user.tab()
    expect(field()).toHaveValue('{\n  "a": [\n    1\n  ]\n}')
    expect(await sent()).toEqual({ it: { a: [1] } })
  })

  it('says where it is wrong, and loses nothing', async () => {
    const { user, sent } = renderOneField(json)
    await user.click(field())
    await user.paste('{\n  "a": 1,\n}')
    expect(await sent()).toBeUndefined()
    expect(field()).toHaveValue('{\n  "a": 1,\n}')
    expect(field()).toHaveAccessibleDescription(/look at line 3, column 1\./)
  })
})

describe('examples', () => {
  it('is the placeholder where there is one, and a line of its own where there are more', () => {
    const { unmount } = renderOneField({ type: 'string', examples: ['acme'] })
    expect(field()).toHaveAttribute('placeholder', 'acme')
    expect(field()).not.toHaveAccessibleDescription()
    unmount()
    renderOneField({
      type: 'string',
      examples: ['a', 'b', 'c', 'd', 'x'.repeat(90)],
      pattern: '^.$',
      pattern_descriptor: 'one letter',
    })
    expect(field()).toHaveAccessibleDescription('Format: one letter · For example: a, b, c, d')
  })
})
