import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { Badge } from './badge.js'
import { Button } from './button.js'
import { DataTable } from './data-table.js'
import { Dialog } from './dialog.js'
import { Tabs } from './tabs.js'

/** Parts that hold others. */
const meta: Meta = { title: 'Foundations/Structures' }
export default meta
type Story = StoryObj

const rows = Array.from({ length: 6 }, (_, index) => ({
  id: `cus_${1042 + index}`,
  email: `person${index}@example.com`,
  plan: { name: 'pro', seats: index },
  balance: index * 1250,
  created_at: '2024-01-25T09:30:00Z',
  note: index === 2 ? 'A note that goes on for longer than any column of a table should ever be made to hold' : null,
}))

export const Table: Story = {
  render: () => (
    <DataTable
      caption="Sample of customers"
      rowKey={(row) => row.id}
      columns={[
        { key: 'id', header: 'id' },
        { key: 'email', header: 'email' },
        { key: 'plan', header: 'plan' },
        { key: 'balance', header: 'balance', align: 'end', cell: (row) => row.balance.toLocaleString('en') },
        { key: 'created_at', header: 'created_at' },
        { key: 'note', header: 'note' },
      ]}
      rows={rows}
    />
  ),
}

function TabsExample() {
  const [selected, setSelected] = useState('customers')
  const tabs = ['customers', 'invoices', 'charges'].map((id) => ({
    id,
    label: id,
    content: <p>Rows of {id}.</p>,
  }))
  return <Tabs label="Sample of" tabs={tabs} selected={selected} onSelect={setSelected} />
}
export const TabList: Story = { render: () => <TabsExample /> }

function DialogExample() {
  const [isOpen, setOpen] = useState(true)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Delete…</Button>
      <Dialog
        open={isOpen}
        onOpenChange={setOpen}
        title="Delete Harbor CRM?"
        description="Its two connections end. Rows already synced stay where they are."
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <Button variant="danger" onClick={() => setOpen(false)}>
              Delete source
            </Button>
          </>
        }
      >
        <Badge tone="info">Syncing</Badge>
      </Dialog>
    </>
  )
}
export const Confirm: Story = { render: () => <DialogExample /> }
