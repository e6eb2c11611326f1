import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { renderOneField } from '../test/one-field.js'

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1)

it('is a select up to thirty values, and keeps their type', async () => {
  const { user, sent } = renderOneField({ type: 'integer', enum: numbers(30) })
  await user.selectOptions(screen.getByLabelText('It'), '7')
  expect(await sent()).toEqual({ it: 7 })
})

it('is typed from thirty-one on', async () => {
  const { user, sent } = renderOneField({ type: 'integer', enum: numbers(31) }, { required: false, held: 3 })
  expect(screen.getByRole('combobox', { name: 'It' })).toHaveValue('3')
  await user.click(screen.getByRole('button', { name: 'Clear It' }))
  expect(await sent()).toEqual({})
  await user.type(screen.getByRole('combobox', { name: 'It' }), '31{Enter}')
  expect(await sent()).toEqual({ it: 31 })
})

it('has words for a value that is an empty text, which is not the same as none', async () => {
  const { user, sent } = renderOneField({ type: 'string', enum: ['', 'eu'] })
  expect(await sent()).toBeUndefined()
  await user.selectOptions(screen.getByLabelText('It'), '(empty)')
  expect(await sent()).toEqual({ it: '' })
})

it('asks for one that is required', async () => {
  const { sent } = renderOneField({ type: 'integer', enum: numbers(31) })
  expect(await sent()).toBeUndefined()
  expect(screen.getByRole('combobox', { name: 'It' })).toHaveFocus()
  expect(screen.getByRole('combobox', { name: 'It' })).toHaveAccessibleDescription('It is required.')
})
