import type { Meta, StoryObj } from '@storybook/react-vite'
import { secretMask } from '../spec/cast.js'
import type { PlainObject } from '../spec/path.js'
import { ConnectorForm } from './connector-form.js'

interface FieldStory {
  /** The property's schema, as a connector's spec has it. */
  schema: PlainObject
  /** What is stored of it. */
  value?: unknown
  /** What the server says about it. */
  error?: string
  required?: boolean
}

function OneField({ schema, value, error, required = true }: FieldStory) {
  const property = { title: 'Field', always_show: true, ...schema }
  return (
    <ConnectorForm
      spec={{
        connectionSpecification: {
          type: 'object',
          required: required ? ['it'] : [],
          properties: { it: property },
        },
      }}
      name="One field"
      initialConfiguration={value === undefined ? undefined : { it: value }}
      errors={error === undefined ? undefined : [{ path: ['it'], code: 'rejected', message: error }]}
      onSubmit={() => {}}
    />
  )
}

/** Each kind of field and its states, by the schema that makes it. */
const meta: Meta<typeof OneField> = { title: 'Form/Fields', component: OneField }
export default meta
type Story = StoryObj<typeof OneField>

const description = 'Find it under <a href="https://example.com">Settings</a>, next to <code>Keys</code>.'
const options = ['Production', 'Staging', 'Development']
const branch = (title: string, description?: string) => ({
  title,
  description,
  properties: { way: { const: title }, [`${title}_key`]: { type: 'string', title: `${title} key` } },
})

export const Text: Story = {
  args: { schema: { type: 'string', title: 'Account', examples: ['acme'], description } },
}
export const TextOptional: Story = { args: { ...Text.args, required: false } }
export const TextWithRule: Story = {
  args: { schema: { type: 'string', title: 'Code', pattern: '^[A-Z]+$', pattern_descriptor: 'ABC' } },
}
export const TextWrong: Story = {
  args: {
    schema: { type: 'string', title: 'Account' },
    value: 'acme',
    error: 'Beacon knows no such account.',
  },
}
export const LongDescription: Story = {
  args: {
    schema: {
      type: 'string',
      title: 'Query',
      description: 'Which records to read, in the language of the tool itself. '.repeat(6),
    },
  },
}
export const Multiline: Story = { args: { schema: { type: 'string', title: 'Query', multiline: true } } }
export const Secret: Story = { args: { schema: { type: 'string', title: 'API key', airbyte_secret: true } } }
export const SecretStored: Story = { args: { ...Secret.args, value: secretMask } }
export const SecretMultiline: Story = {
  args: { schema: { type: 'string', title: 'Private key', airbyte_secret: true, multiline: true } },
}
export const Number: Story = {
  args: { schema: { type: 'integer', title: 'Port', default: 5432, maximum: 65536 } },
}
export const NumberWrong: Story = { args: { ...Number.args, value: '54e' } }
export const DateOnly: Story = { args: { schema: { type: 'string', title: 'Start date', format: 'date' } } }
export const DateAndTime: Story = {
  args: { schema: { type: 'string', title: 'Since', format: 'date-time' }, value: '2024-01-25T09:30:00Z' },
}
export const DateOptional: Story = { args: { ...DateAndTime.args, required: false } }
export const DateAsText: Story = { args: { ...DateAndTime.args, value: 'yesterday' } }
export const Month: Story = { args: { schema: { type: 'string', title: 'Month', pattern: '^\\d{4}-\\d{2}$' } } }
export const OnOffUnset: Story = { args: { schema: { type: 'boolean', title: 'Sandbox' }, required: false } }
export const OnOffSet: Story = { args: { ...OnOffUnset.args, value: true } }
export const ReadOnly: Story = {
  args: { schema: { type: 'string', title: 'Region', readOnly: true }, value: 'eu-1' },
}
export const OnOff: Story = { args: { schema: { type: 'boolean', title: 'Sandbox', description } } }
export const OneOfAList: Story = { args: { schema: { type: 'string', title: 'Environment', enum: options } } }
export const OneOfMany: Story = {
  args: {
    schema: {
      type: 'string',
      title: 'Creature',
      enum: Array.from({ length: 898 }, (_, index) => `Creature ${index + 1}`),
    },
    value: 'Creature 7',
  },
}
export const SeveralOfAList: Story = {
  args: { schema: { type: 'array', title: 'Environments', items: { enum: options } }, value: ['Staging'] },
}
export const SeveralOfMany: Story = {
  args: {
    schema: {
      type: 'array',
      title: 'Values',
      items: { enum: Array.from({ length: 60 }, (_, index) => `Value ${index + 1}`) },
    },
  },
}
export const Chips: Story = {
  args: {
    schema: { type: 'array', title: 'Schemas', items: { type: 'string' } },
    value: ['public', 'sales'],
  },
}
export const Json: Story = {
  args: { schema: { type: 'object', title: 'Headers' }, value: { accept: 'text/csv' } },
}
export const JsonWrong: Story = { args: { ...Json.args, value: '{\n  "accept": "text/csv",\n}' } }
export const Items: Story = {
  args: {
    schema: {
      type: 'array',
      title: 'Streams',
      description: 'Which files to read, and as what.',
      maxItems: 3,
      items: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', title: 'Name' },
          format: { title: 'Format', oneOf: [branch('CSV'), branch('Avro')] },
        },
      },
    },
    value: [
      { name: 'orders', format: { way: 'CSV' } },
      { name: 'customers', format: { way: 'Avro' } },
    ],
  },
}
export const ItemsEmpty: Story = { args: { ...Items.args, value: [] } }
export const ItemsWrong: Story = { args: { ...Items.args, value: [{ name: 'orders' }, { format: { way: 'CSV' } }] } }
export const Map: Story = {
  args: {
    schema: { type: 'object', title: 'Headers', additionalProperties: { type: 'string', title: 'Value' } },
    value: { Accept: 'text/csv', 'X-Account': 'acme' },
  },
}
export const ChoiceOfTwo: Story = {
  args: { schema: { title: 'Way', oneOf: [branch('OAuth'), branch('Key')] } },
}
export const ChoiceExplained: Story = {
  args: {
    schema: {
      title: 'Way',
      oneOf: [branch('Log', 'Sees deletes.'), branch('Cursor', "Can't see deleted rows.")],
    },
  },
}
export const ChoiceOfMany: Story = {
  args: { schema: { title: 'Way', oneOf: ['A', 'B', 'C', 'D', 'E'].map((name) => branch(name)) } },
}
export const Group: Story = {
  args: { schema: { type: 'object', title: 'Proxy', properties: { url: { type: 'string', title: 'URL' } } } },
}
