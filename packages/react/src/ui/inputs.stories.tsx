import type { Meta, StoryObj } from '@storybook/react-vite'
import { useState } from 'react'
import { Checkbox } from './checkbox.js'
import { Combobox } from './combobox.js'
import { NumberInput } from './number-input.js'
import { Radio } from './radio.js'
import { RadioCard } from './radio-card.js'
import { SearchInput } from './search-input.js'
import { Select } from './select.js'
import { Switch } from './switch.js'
import { TextArea } from './text-area.js'
import { TextInput } from './text-input.js'

/** The controls by themselves; in a form they come with label, rule and error (see Form). */
const meta: Meta = {
  title: 'Foundations/Inputs',
  decorators: [
    (Story) => (
      <div style={{ display: 'grid', gap: 12, maxWidth: 400 }}>
        <Story />
      </div>
    ),
  ],
}
export default meta
type Story = StoryObj

export const Text: Story = {
  render: () => (
    <>
      <TextInput aria-label="Empty" placeholder="db.example.com" />
      <TextInput aria-label="Filled" defaultValue="db.internal" />
      <TextInput aria-label="Wrong" aria-invalid defaultValue="db internal" />
      <TextInput aria-label="Disabled" disabled defaultValue="db.internal" />
      <TextInput aria-label="Secret" type="password" defaultValue="secret" autoComplete="new-password" />
    </>
  ),
}

export const NumberAndDate: Story = {
  render: () => (
    <>
      <NumberInput aria-label="Port" integer defaultValue="5432" />
      <TextInput aria-label="Start date" type="date" defaultValue="2024-01-25" />
    </>
  ),
}

export const LongText: Story = { render: () => <TextArea aria-label="Query" placeholder="SELECT …" /> }

export const OneOfMany: Story = {
  render: () => (
    <Select aria-label="Region" defaultValue="eu">
      <option value="eu">Europe</option>
      <option value="us">United States</option>
    </Select>
  ),
}

const countries = Array.from({ length: 200 }, (_, index) => ({ label: `Country ${index + 1}` }))
function ComboboxExample() {
  const [selected, setSelected] = useState<number | undefined>(11)
  return <Combobox id="country" options={countries} selected={selected} onChange={setSelected} clearLabel="Clear" />
}
export const OneOfVeryMany: Story = {
  render: () => (
    <div>
      <label htmlFor="country">Country</label>
      <ComboboxExample />
    </div>
  ),
}

export const Boxes: Story = {
  render: () => (
    <>
      <Checkbox label="Customers" defaultChecked />
      <Checkbox label="Invoices" />
      <Checkbox label="All streams" indeterminate readOnly checked={false} />
      <Checkbox label="Not for you" disabled />
      <Radio name="radio" label="Every hour" defaultChecked />
      <Radio name="radio" label="Every day" />
      <Switch label="Sandbox" defaultChecked />
      <Switch label="Read deleted records" />
    </>
  ),
}

export const Cards: Story = {
  render: () => (
    <>
      <RadioCard id="log" name="card" title="Write-ahead log" description="Sees deletes." defaultChecked />
      <RadioCard id="cursor" name="card" title="A cursor column" description="Can't see deleted rows." />
    </>
  ),
}

function SearchExample() {
  const [value, setValue] = useState('hub')
  return <SearchInput label="Search tools" value={value} onChange={setValue} />
}
export const Search: Story = { render: () => <SearchExample /> }
