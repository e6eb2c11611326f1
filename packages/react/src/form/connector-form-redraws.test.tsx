import { describe, expect, it, vi } from 'vitest'
import type { TextField } from '../spec/field.js'
import { connect, field, openForm, radio, specOf } from '../test/open-form.js'
import { databaseSpec, objectListSpec } from '../test/specs.js'
import type { ChoicePartProps, ControlProps, ItemsPartProps } from './form-context.js'
import { formParts } from './parts.js'

describe('a keystroke', () => {
  it('draws its own field and what is around it, nothing else', async () => {
    const drawn = vi.fn<(title: string) => void>()
    const Choice = (props: ChoicePartProps) => {
      drawn(props.field.title)
      return <formParts.Choice {...props} />
    }
    const Text = (props: ControlProps) => {
      drawn(props.field.title)
      return <formParts.Text {...(props as ControlProps<TextField>)} />
    }
    const { user } = openForm(databaseSpec, { components: { Choice, Text } })
    drawn.mockClear()
    await user.type(field('Host'), 'h')
    expect(new Set(drawn.mock.calls.flat())).toEqual(new Set(['Host']))
    drawn.mockClear()
    await user.type(field('Replication slot'), 's')
    expect(new Set(drawn.mock.calls.flat())).toEqual(new Set(['How changes are found', 'Replication slot']))
  })

  it('leaves lists alone that it is not in', async () => {
    const drawn = vi.fn()
    const Items = (props: ItemsPartProps) => {
      drawn()
      return <formParts.Items {...props} />
    }
    const initialConfiguration = { bucket: 'b', streams: [{ name: 'o', format: { filetype: 'parquet' } }] }
    const { user } = openForm(objectListSpec, { components: { Items }, initialConfiguration })
    drawn.mockClear()
    await user.type(field('Bucket'), 'x')
    expect(drawn).not.toHaveBeenCalled()
  })
})

describe('what stands still', () => {
  it('shows a further error of a field that was only left', async () => {
    const number = (title: string) => ({ type: 'number', title })
    const properties = { a: number('One'), b: number('Two') }
    const { user } = openForm(specOf({ group: { type: 'object', title: 'Group', required: ['a', 'b'], properties } }))
    await user.type(field('One'), 'x')
    await user.type(field('Two'), 'y')
    expect(field('One')).toHaveAttribute('aria-invalid', 'true')
    expect(field('Two')).not.toHaveAttribute('aria-invalid')
    await user.tab()
    expect(field('Two')).toHaveAttribute('aria-invalid', 'true')
  })

  it('shows its errors all the same, also where a group is nothing but a choice', async () => {
    const option = (is: string) => ({
      title: is,
      properties: { is: { const: is }, [is]: { type: 'string', title: `An ${is}` } },
    })
    const spec = specOf({
      a: { type: 'string', title: 'A' },
      both: {
        type: 'object',
        title: 'Both',
        required: ['inner', 'is'],
        properties: { inner: { type: 'string', title: 'Inner' } },
        oneOf: [{ ...option('x'), required: ['x'] }, option('y')],
      },
    })
    const { user } = openForm(spec)
    await user.click(connect())
    for (const name of ['A', 'Inner', 'An x']) expect(field(name)).toHaveAttribute('aria-invalid', 'true')
    await user.click(radio('y'))
    await user.type(field('Inner'), 'i')
    expect(field('Inner')).not.toHaveAttribute('aria-invalid')
    expect(field('A')).toHaveAttribute('aria-invalid', 'true')
  })
})
