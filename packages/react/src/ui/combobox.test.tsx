import { screen } from '@testing-library/react'
import { type FormEvent, useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { expectAccessible } from '../test/a11y.js'
import { render } from '../test/render.js'
import { Combobox } from './combobox.js'

const onSubmit = vi.fn((event: FormEvent) => event.preventDefault())
const options = Array.from({ length: 898 }, (_, index) => ({ label: `Creature ${index + 1}` }))

function Held({
  start,
  onChange,
  clearLabel,
}: {
  start?: number
  onChange: (at?: number) => void
  clearLabel?: string
}) {
  const [selected, setSelected] = useState(start)
  const choose = (at?: number): void => {
    onChange(at)
    setSelected(at)
  }
  return (
    <form onSubmit={onSubmit}>
      <label htmlFor="c">Creature</label>
      <Combobox id="c" options={options} selected={selected} onChange={choose} clearLabel={clearLabel} />
    </form>
  )
}
function open(start?: number, clearLabel?: string) {
  const onChange = vi.fn()
  return { onChange, ...render(<Held start={start} onChange={onChange} clearLabel={clearLabel} />) }
}
const box = () => screen.getByRole('combobox', { name: 'Creature' })
const active = () => document.getElementById(box().getAttribute('aria-activedescendant') ?? '')?.textContent

describe('Combobox', () => {
  it('looks for another one when somebody clicks and types, whatever is chosen', async () => {
    const { user, onChange } = open(6)
    await user.click(box())
    await user.keyboard('770{Enter}')
    expect(onChange).toHaveBeenCalledExactlyOnceWith(769)
  })

  it('narrows 898 to what is typed, draws at most 100, and chooses by Enter', async () => {
    const { user, onChange, container } = open()
    await user.click(box())
    expect(screen.getAllByRole('option')).toHaveLength(100)
    expect(screen.getByRole('status')).toHaveTextContent('798 more. Type to narrow them down.')
    await expectAccessible(container)
    await user.keyboard('ure 77')
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toContain('Creature 770')
    expect(active()).toBe('Creature 77')
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}{Enter}')
    expect(onChange).toHaveBeenCalledExactlyOnceWith(769)
    expect(onSubmit).not.toHaveBeenCalled()
    expect(box()).toHaveValue('Creature 770')
    expect(screen.queryByRole('listbox')).toBeNull()
  })

  it('starts at what is chosen; Home and End go to the ends', async () => {
    const { user } = open(4)
    await user.click(box())
    expect(screen.getByRole('option', { selected: true })).toHaveTextContent('Creature 5')
    await user.keyboard('{ArrowDown}')
    expect(active()).toBe('Creature 6')
    await user.keyboard('{End}')
    expect(active()).toBe('Creature 100')
    await user.keyboard('{Home}')
    expect(active()).toBe('Creature 1')
  })

  it.each(['{Escape}', '{Tab}'])('keeps what was chosen on %s', async (key) => {
    const { user, onChange } = open(4)
    await user.type(box(), 'x')
    expect(screen.getByRole('status')).toHaveTextContent('Nothing matches.')
    await user.keyboard(key)
    expect(box()).toHaveValue('Creature 5')
    expect(onChange).not.toHaveBeenCalled()
  })

  it('takes an exact label as chosen when it is left', async () => {
    const { user } = open(4)
    await user.clear(box())
    await user.keyboard('Creature 12{Tab}')
    expect(box()).toHaveValue('Creature 12')
  })

  it('is emptied by its cross and by emptying the text', async () => {
    const { user, onChange } = open(4, 'Clear creature')
    await user.click(screen.getByRole('button', { name: 'Clear creature' }))
    expect(box()).toHaveFocus()
    expect(onChange).toHaveBeenLastCalledWith(undefined)
    await user.click(box())
    await user.click(screen.getByRole('option', { name: 'Creature 2' }))
    await user.clear(box())
    await user.tab()
    expect(onChange).toHaveBeenLastCalledWith(undefined)
  })
})
