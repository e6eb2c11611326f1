// Behaviours 40–46 of a connector form: what any form made from a JSON schema owes its users.
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { button, connect, field, fold, openForm, radio, specOf } from '../../test/open-form.js'
import { apiKeySpec } from '../../test/specs.js'

const ways = (discriminator: (name: string) => object) =>
  ['key', 'token'].map((name) => ({
    title: `By ${name}`,
    type: 'object',
    required: ['kind', name],
    properties: { kind: discriminator(name), [name]: { type: 'string', title: `The ${name}` } },
  }))
const byConst = (name: string) => ({ type: 'string', const: name })
const byEnum = (name: string) => ({ type: 'string', enum: [name], default: name })
const byBareEnum = (name: string) => ({ enum: [name] })

describe('shapes', () => {
  it('behaviour 40: anyOf behaves as oneOf', async () => {
    const { user, submitted } = openForm(specOf({ auth: { title: 'Way in', anyOf: ways(byConst) } }))
    expect(within(screen.getByRole('radiogroup', { name: 'Way in' })).getAllByRole('radio')).toHaveLength(2)
    await user.click(radio('By token'))
    await user.type(field('The token'), 't')
    await user.click(connect())
    expect(submitted()).toEqual({ auth: { kind: 'token', token: 't' } })
  })

  it('behaviour 40: an anyOf of plain types is one field', async () => {
    const limit = { title: 'Limit', anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] }
    const { user, submitted } = openForm(specOf({ limit }))
    await user.type(field('Limit'), '7')
    await user.click(connect())
    expect(submitted()).toEqual({ limit: 7 })
  })

  it('behaviour 41: a list of lists is filled in, list by list', async () => {
    const rows = { type: 'array', title: 'Rows', items: { type: 'array', title: 'Row', items: { type: 'integer' } } }
    const { user, submitted } = openForm(specOf({ rows }), { initialConfiguration: { rows: [[1, 2]] } })
    await user.click(within(screen.getByRole('group', { name: 'Rows' })).getByRole('button', { expanded: false }))
    await user.type(screen.getByLabelText('Row'), '3{Enter}')
    await user.click(button('Add to Rows'))
    await user.type(screen.getAllByLabelText('Row').at(-1)!, '4{Enter}')
    await user.click(connect())
    expect(submitted()).toEqual({ rows: [[1, 2, 3], [4]] })
  })

  it('behaviour 42: additionalProperties are a map whose values are validated', async () => {
    const headers = {
      type: 'object',
      title: 'Headers',
      additionalProperties: { type: 'integer', title: 'Seconds', minimum: 1 },
    }
    const { user, submitted, onSubmit } = openForm(specOf({ headers }), {
      initialConfiguration: { headers: { first: 5, second: 6 } },
    })
    const map = within(screen.getByRole('group', { name: 'Headers' }))
    expect(map.getAllByLabelText('Name').map((input) => (input as HTMLInputElement).value)).toEqual(['first', 'second'])
    await user.click(map.getByRole('button', { name: 'Remove first' }))
    await user.click(map.getByRole('button', { name: 'Add to Headers' }))
    await user.type(map.getAllByLabelText('Name')[1]!, 'third')
    await user.type(map.getAllByLabelText('Seconds')[1]!, '0')
    await user.click(connect())
    expect(onSubmit).not.toHaveBeenCalled()
    expect(map.getAllByLabelText('Seconds')[1]).toHaveAccessibleDescription(/must be 1 or more/)
    await user.clear(map.getAllByLabelText('Seconds')[1]!)
    await user.type(map.getAllByLabelText('Seconds')[1]!, '9')
    await user.click(connect())
    expect(submitted()).toEqual({ headers: { second: 6, third: 9 } })
  })

  it.each([
    ['const', byConst],
    ['single-value enum with a default', byEnum],
    ['single-value enum', byBareEnum],
  ])('behaviour 43: an option is found by its %s, also where only that is stored', async (_, discriminator) => {
    const { user, submitted } = openForm(specOf({ auth: { title: 'Way in', oneOf: ways(discriminator) } }), {
      initialConfiguration: { auth: { kind: 'token' } },
    })
    expect(radio('By token')).toBeChecked()
    expect(screen.queryByLabelText(/^kind$/i)).toBeNull()
    await user.type(field('The token'), 't')
    await user.click(connect())
    expect(submitted()).toEqual({ auth: { kind: 'token', token: 't' } })
  })
})

describe('rules', () => {
  it('behaviour 44: fields not on screen are validated, too, and shown when they are wrong', async () => {
    const { user, onSubmit } = openForm(apiKeySpec, {
      initialConfiguration: { api_key: 'k', start_date: '2024-01-01' },
    })
    await user.click(fold())
    await user.type(field('Page size'), '900')
    await user.click(fold())
    await user.click(connect())
    expect(onSubmit).not.toHaveBeenCalled()
    expect(fold()).toHaveAttribute('aria-expanded', 'true')
    expect(field('Page size')).toHaveFocus()
    expect(field('Page size')).toHaveAccessibleDescription(/Page size must be 500 or less/)
  })

  it.each([
    ['minimum', { type: 'integer', minimum: 1 }, '0', 'It must be 1 or more.'],
    ['maximum', { type: 'number', maximum: 2.5 }, '3', 'It must be 2.5 or less.'],
    ['whole numbers', { type: 'integer' }, '1.5', 'It must be a whole number.'],
    ['length', { type: 'string', minLength: 3 }, 'ab', 'It must have at least 3 characters.'],
    ['described pattern', { type: 'string', pattern: '^[a-z]+-[0-9]+$', pattern_descriptor: 'name-1' }, 'X', 'name-1'],
    ['pattern without words', { type: 'string', pattern: '^[a-z]+$' }, 'X', "It doesn't have the expected form."],
    ['pattern with an example', { type: 'string', pattern: '^acc_', examples: ['acc_1'] }, 'x', 'acc_1'],
    ['email', { type: 'string', format: 'email' }, 'ada', 'It '],
    ['uri', { type: 'string', format: 'uri' }, 'not a uri', 'It '],
  ])('behaviour 45: a broken rule is said once the field is left: %s', async (_, schema, typed, said) => {
    const { user, onSubmit } = openForm(specOf({ it: { ...schema, title: 'It' } }))
    await user.type(field('It'), typed)
    expect(field('It')).not.toHaveAttribute('aria-invalid')
    await user.tab()
    expect(field('It')).toBeInvalid()
    expect(field('It')).toHaveAccessibleDescription(expect.stringContaining(said))
    await user.click(connect())
    expect(onSubmit).not.toHaveBeenCalled()
  })

  it('behaviour 46: single controls are replaced by path, those of the host being given what ours have', async () => {
    const region = { type: 'string', title: 'Region' }
    const place = { type: 'object', title: 'Place', order: 1, required: ['region'], properties: { region } }
    const { user, submitted } = openForm(specOf({ region: { ...region, order: 0 }, place }), {
      controls: {
        'place.region': ({ id, value, onChange, aria }) => (
          <button {...aria} type="button" id={id} onClick={() => onChange('eu')}>
            {value === undefined ? 'pick' : String(value)}
          </button>
        ),
      },
    })
    const [own, replaced] = screen.getAllByLabelText('Region')
    expect(own?.tagName).toBe('INPUT')
    expect(replaced?.tagName).toBe('BUTTON')
    await user.click(connect())
    expect(replaced).toHaveAccessibleDescription(/Region is required/)
    await user.type(own!, 'us')
    await user.click(replaced!)
    expect(replaced).toHaveTextContent('eu')
    await user.click(connect())
    expect(submitted()).toEqual({ region: 'us', place: { region: 'eu' } })
  })
})
