import { screen, within } from '@testing-library/react'
import { useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { expectAccessible } from '../test/a11y.js'
import { render } from '../test/render.js'
import { Alert } from './alert.js'
import { Button } from './button.js'
import { Checkbox } from './checkbox.js'
import { DataTable } from './data-table.js'
import { Dialog } from './dialog.js'
import { Logo } from './logo.js'
import { SearchInput } from './search-input.js'
import { Tabs } from './tabs.js'

describe('Button', () => {
  it('never submits by accident, and swallows clicks while busy without losing the focus', async () => {
    const onClick = vi.fn()
    const { user } = render(
      <Button state="busy" onClick={onClick}>
        Save
      </Button>,
    )
    const button = screen.getByRole('button', { name: 'Save' })
    expect(button).toHaveAttribute('type', 'button')
    await user.click(button)
    expect(onClick).not.toHaveBeenCalled()
    expect(button).toHaveFocus()
    expect(button).toHaveAttribute('aria-disabled', 'true')
  })

  it('does not submit its form while busy', async () => {
    const onSubmit = vi.fn((event: { preventDefault: () => void }) => event.preventDefault())
    const { user } = render(
      <form onSubmit={onSubmit}>
        <Button type="submit" state="busy">
          Save
        </Button>
      </form>,
    )
    await user.click(screen.getByRole('button'))
    expect(onSubmit).not.toHaveBeenCalled()
  })
})

describe('Alert', () => {
  it.each([
    ['danger', 'alert'],
    ['warning', 'alert'],
    ['info', 'status'],
    ['success', 'status'],
  ] as const)('of tone %s is an %s', (tone, role) => {
    render(<Alert tone={tone}>Words</Alert>)
    expect(screen.getByRole(role)).toHaveTextContent('Words')
  })
})

describe('Checkbox', () => {
  it('shows that some are chosen', () => {
    render(<Checkbox label="All" indeterminate readOnly checked={false} />)
    expect(screen.getByRole('checkbox', { name: 'All' })).toBePartiallyChecked()
  })
})

function DialogExample() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Delete…</Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Delete HubSpot?"
        description="Rows already synced stay."
        footer={<Button variant="danger">Delete</Button>}
      />
    </>
  )
}

describe('Dialog', () => {
  it('is named and described, takes the focus and gives it back', async () => {
    const { user, container } = render(<DialogExample />)
    await user.click(screen.getByRole('button', { name: 'Delete…' }))
    const dialog = screen.getByRole('dialog', { name: 'Delete HubSpot?' })
    expect(dialog).toHaveAccessibleDescription('Rows already synced stay.')
    expect(dialog).toContainElement(document.activeElement as HTMLElement)
    await expectAccessible(container)
    await user.click(within(dialog).getByRole('button', { name: 'Close' }))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByRole('button', { name: 'Delete…' })).toHaveFocus()
  })

  it('closes when the browser cancels it (Escape)', async () => {
    const { user } = render(<DialogExample />)
    await user.click(screen.getByRole('button', { name: 'Delete…' }))
    screen.getByRole('dialog').dispatchEvent(new Event('cancel', { cancelable: true }))
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  })

  it('puts no style of its own into the page', async () => {
    const styles = document.querySelectorAll('style').length
    const { user } = render(<DialogExample />)
    await user.click(screen.getByRole('button', { name: 'Delete…' }))
    expect(document.querySelectorAll('style')).toHaveLength(styles)
    expect(document.body).not.toHaveAttribute('style')
  })
})

describe('DataTable', () => {
  it('shows nothing, objects and long text readably', async () => {
    const rows = [{ id: 1, tags: ['a'], note: null, text: 'x'.repeat(300) }]
    const columns = ['id', 'tags', 'note', 'text', 'constructor'].map((key) => ({ key, header: key }))
    const { container } = render(<DataTable caption="Customers" columns={columns} rows={rows} />)
    const cells = screen.getAllByRole('cell').map((cell) => cell.textContent)
    expect(cells).toEqual(['1', '["a"]', '–', `${'x'.repeat(200)}…`, '–'])
    expect(screen.getByRole('table', { name: 'Customers' })).toBeVisible()
    await expectAccessible(container)
  })
})

describe('Logo', () => {
  it('falls back to the first letter, also when the picture does not load', async () => {
    const { container } = render(<Logo name="¿Qué?" iconUrl="/gone.svg" />)
    const picture = container.querySelector('img')
    expect(picture).not.toBeNull()
    picture?.dispatchEvent(new Event('error'))
    await vi.waitFor(() => expect(container.querySelector('img')).toBeNull())
    expect(container).toHaveTextContent('Q')
  })
})

describe('SearchInput', () => {
  it('is emptied by Escape and by its cross', async () => {
    const onChange = vi.fn()
    const { user } = render(<SearchInput label="Search tools" value="hub" onChange={onChange} />)
    await user.click(screen.getByRole('button', { name: 'Clear' }))
    expect(screen.getByRole('searchbox')).toHaveFocus()
    await user.type(screen.getByRole('searchbox', { name: 'Search tools' }), '{Escape}')
    expect(onChange.mock.calls).toEqual([[''], ['']])
  })
})

describe('Tabs', () => {
  it('move by arrows, Home and End, round the corner', async () => {
    const tabs = ['a', 'b', 'c'].map((id) => ({ id, label: id, content: `of ${id}` }))
    function Example() {
      const [selected, setSelected] = useState('a')
      return <Tabs label="Streams" tabs={tabs} selected={selected} onSelect={setSelected} />
    }
    const { user, container } = render(<Example />)
    await user.click(screen.getByRole('tab', { name: 'a' }))
    await user.keyboard('{ArrowLeft}')
    expect(screen.getByRole('tab', { name: 'c' })).toHaveFocus()
    expect(screen.getByRole('tabpanel')).toHaveTextContent('of c')
    await user.keyboard('{ArrowRight}{ArrowRight}')
    expect(screen.getByRole('tabpanel', { name: 'b' })).toHaveTextContent('of b')
    await user.keyboard('{End}')
    expect(screen.getByRole('tab', { name: 'c' })).toHaveAttribute('aria-selected', 'true')
    await expectAccessible(container)
  })
})
