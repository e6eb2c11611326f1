import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { renderOneField } from '../test/one-field.js'

const values = Array.from({ length: 199 }, (_, index) => `value-${index}`)
const open = (held?: string[]) => renderOneField({ type: 'array', items: { enum: values } }, { held })
const labels = () => screen.getAllByRole('checkbox').map((box) => box.closest('label')?.textContent)
const filter = () => screen.getByRole('searchbox', { name: 'Filter It' })

it('starts with what is chosen, and says how many', async () => {
  const { user } = open(['value-150', 'value-7'])
  expect(labels().slice(0, 3)).toEqual(['value-7', 'value-150', 'value-0'])
  expect(screen.getByText('2 chosen')).toBeInTheDocument()
  await user.click(screen.getByRole('checkbox', { name: 'value-0' }))
  expect(labels().slice(0, 3)).toEqual(['value-7', 'value-150', 'value-0'])
  expect(screen.getByText('3 chosen')).toBeInTheDocument()
})

it('chooses all that the filter shows, or none, and sends them in the order of the spec', async () => {
  const { user, sent } = open(['value-150'])
  await user.type(filter(), '-19')
  expect(labels()).toHaveLength(10)
  await user.click(screen.getByRole('button', { name: 'Choose all shown' }))
  await user.clear(filter())
  expect((await sent())?.it).toEqual(['value-19', 'value-150', ...values.slice(190)])
  await user.click(screen.getByRole('button', { name: 'Choose none' }))
  expect(screen.queryAllByRole('checkbox', { checked: true })).toEqual([])
})

it('needs no filter for a few', () => {
  renderOneField({ type: 'array', items: { enum: values.slice(0, 9) } })
  expect(screen.queryByRole('searchbox')).toBeNull()
})
