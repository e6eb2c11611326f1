// A host's own parts in the styled form: by kind, and single controls by path.
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { secretMask } from '../spec/cast.js'
import { toItem } from '../spec/item.js'
import { button, connect, field, openForm, specOf } from '../test/open-form.js'
import { everyKindSpec, objectListSpec, signInSpec } from '../test/specs.js'
import type { ControlProps, FormComponents } from './form-context.js'

const text = { type: 'string', title: 'A' }
function Plain({ id, value, onChange, onBlur, aria }: ControlProps) {
  const held = typeof value === 'string' ? value : ''
  return <input id={id} data-host value={held} onBlur={onBlur} onChange={(e) => onChange(e.target.value)} {...aria} />
}

describe('controls by path', () => {
  it('replace one, in a list one in every item, and take part in everything', async () => {
    const { user, submitted } = openForm(objectListSpec, { controls: { 'streams.*.name': Plain } })
    await user.type(field('Bucket'), 'b')
    await user.click(button('Add to Streams'))
    await user.click(connect())
    expect(field('Stream name')).toHaveAttribute('data-host')
    expect(field('Stream name')).toHaveFocus()
    expect(field('Stream name')).toHaveAccessibleDescription(/is required/)
    await user.type(field('Stream name'), 'orders')
    await user.click(connect())
    expect(submitted()).toMatchObject({ streams: [{ name: 'orders' }] })
    expect(field('Bucket')).not.toHaveAttribute('data-host')
  })

  it('win over parts by kind', () => {
    openForm(specOf({ a: text, b: { ...text, title: 'B' } }), {
      components: { Text: () => <b>by kind</b> },
      controls: { a: Plain },
    })
    expect(field('A')).toHaveAttribute('data-host')
    expect(screen.getAllByText('by kind')).toHaveLength(1)
  })
})

describe('names of JavaScript itself', () => {
  it('are names of fields like any other', async () => {
    const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__']
    const properties = Object.fromEntries(names.map((name) => [name, { type: 'string', title: `The ${name}` }]))
    const { user, submitted } = openForm(specOf(properties))
    for (const name of names) await user.type(field(`The ${name}`), name)
    await user.click(connect())
    expect(Object.entries(submitted() ?? {}).toSorted()).toEqual(names.map((name) => [name, name]).toSorted())
  })
})

describe('parts by kind', () => {
  it.each(['Text', 'Secret', 'Number', 'Boolean', 'Enum', 'MultiEnum', 'List', 'Json'] as const)(
    '%s stands for every control of its kind, with the props ours has',
    (kind) => {
      const part = (({ field: shown, id, aria }: ControlProps) => (
        <input id={id} data-kind-of={shown.kind} {...aria} />
      )) as FormComponents[typeof kind]
      const { container } = openForm(
        specOf({ ...(everyKindSpec.connectionSpecification.properties as object), free: { title: 'Free' } }),
        { components: { [kind]: part } },
      )
      const kinds = new Set([...container.querySelectorAll<HTMLElement>('[data-kind-of]')].map((e) => e.dataset.kindOf))
      expect([...kinds]).toEqual([kind[0]!.toLowerCase() + kind.slice(1)])
    },
  )

  it('frames, groups, choices, lists, descriptions and the summary are the host’s where it says so', async () => {
    const components: FormComponents = {
      Field: ({ Control, ...props }) => (
        <section aria-label={`host ${props.field.title}`}>
          <label htmlFor={props.id}>{props.field.title}</label>
          <Control {...props} />
          {props.error && <em id={props.ids.error}>{props.error.message}</em>}
        </section>
      ),
      Group: ({ field: group, children }) => <section aria-label={`host ${group.title}`}>{children}</section>,
      Choice: ({ field: choice, value, onChange, selected, renderFields }) => (
        <section aria-label={`host ${choice.title}`}>
          {choice.options.map((option) => (
            <button
              type="button"
              key={option.title}
              aria-pressed={option.value === value}
              onClick={() => onChange(option.value)}
            >
              {option.title}
            </button>
          ))}
          {selected && renderFields(selected)}
        </section>
      ),
      Items: ({ field: list, value, renderItem }) => (
        <section aria-label={`host ${list.title}`}>
          {(value as unknown[]).map((_, index) => (
            <div key={index}>{renderItem(toItem(list, index))}</div>
          ))}
        </section>
      ),
      Map: ({ field: map }) => <section aria-label={`host ${map.title}`} />,
      Description: ({ id, source }) => <q id={id}>{source}</q>,
      ErrorSummary: ({ errors, onGoTo }) => (
        <nav aria-label="host summary">
          {errors.map((error) => (
            <button key={error.message} type="button" onClick={() => onGoTo(error)}>
              {error.place} {error.message}
            </button>
          ))}
        </nav>
      ),
    }
    const spec = specOf({
      ...(objectListSpec.connectionSpecification.properties as object),
      group: { type: 'object', title: 'Group', description: 'Of two.', properties: { a: text }, required: ['a'] },
      labels: { type: 'object', title: 'Labels', additionalProperties: { type: 'string' } },
    })
    const initialConfiguration = { bucket: 'b', streams: [{ format: { filetype: 'csv' } }], labels: {} }
    const { user } = openForm(spec, { components, initialConfiguration })
    for (const name of ['Bucket', 'Streams', 'Format', 'Group', 'Labels']) {
      expect(screen.getByRole('region', { name: `host ${name}` })).toBeVisible()
    }
    await user.click(button('Parquet'))
    expect(button('Parquet')).toHaveAttribute('aria-pressed', 'true')
    await user.click(connect())
    const summary = screen.getByRole('navigation', { name: 'host summary' })
    expect(screen.queryByRole('alert')).toBeNull()
    await user.click(within(summary).getByRole('button', { name: 'A is required.' }))
    expect(field('A')).toHaveFocus()
    expect(field('A')).toHaveAccessibleDescription('A is required.')
  })

  it('a secret of the host knows that one is stored for the option chosen', async () => {
    const { user } = openForm(signInSpec, {
      components: {
        Secret: ({ field: secret, isStored }) => <i>{`${secret.title}: ${isStored ? 'stored' : 'new'}`}</i>,
      },
      initialConfiguration: { subdomain: 's', credentials: { auth_type: 'token', access_token: secretMask } },
    })
    expect(screen.getByText('API token: stored')).toBeVisible()
    await user.click(screen.getByRole('radio', { name: 'Sign in' }))
    expect(screen.getByText('Refresh token: new')).toBeVisible()
  })
})
