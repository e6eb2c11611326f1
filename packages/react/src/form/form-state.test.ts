import { describe, expect, it } from 'vitest'
import { specToForm } from '../spec/spec-to-form.js'
import { databaseSpec, objectListSpec } from '../test/specs.js'
import { createFormState, type FormEvent, type FormState, transition } from './form-state.js'
import { withoutSecrets } from './stored-secrets.js'

const model = specToForm(databaseSpec)
const error = (...path: string[]) => ({ path, code: 'rejected', message: 'No.' })
const after = (...events: FormEvent[]): FormState => events.reduce(transition, createFormState(model))

describe('the state of a form', () => {
  it('drops a server error once its field, or what is inside of it, changes', () => {
    const answered: FormEvent = {
      type: 'errors_answered',
      errors: [error('host'), error('tunnel', 'tunnel_host')],
    }
    expect(after(answered).focusRequests).toBe(1)
    expect(after(answered, { type: 'value_changed', path: ['host'], value: 'x' }).answered).toEqual([
      error('tunnel', 'tunnel_host'),
    ])
    expect(after(answered, { type: 'value_changed', path: ['port'], value: '1' }).answered).toHaveLength(2)
  })

  it('forgets them all when something is submitted again', () => {
    expect(after({ type: 'errors_answered', errors: [error('host')] }, { type: 'submitted' }).answered).toEqual([])
  })

  it('asks for the focus each time a submit is refused', () => {
    expect(after({ type: 'submit_refused' }, { type: 'submit_refused' })).toMatchObject({
      tried: true,
      focusRequests: 2,
    })
  })

  it('starts the fields of another option untouched', () => {
    const choice = model.fields.find((field) => field.kind === 'choice')
    if (choice?.kind !== 'choice') throw new Error('no choice')
    const left: FormEvent = { type: 'field_left', path: [...choice.path, 'x'] }
    expect(after(left, { type: 'option_chosen', field: choice, value: choice.options[1]?.value }).touched.size).toBe(0)
  })

  it('forgets every secret once accepted, of options not chosen too, and nothing else', () => {
    const values = {
      host: 'h',
      password: 'p',
      tunnel: { tunnel_method: 'NO_TUNNEL', tunnel_host: 'j', ssh_key: 'k', tunnel_user_password: 'q' },
    }
    expect(JSON.stringify(withoutSecrets(values, model.fields))).toBe(
      JSON.stringify({ host: 'h', tunnel: { tunnel_method: 'NO_TUNNEL', tunnel_host: 'j' } }),
    )
  })
})

describe('items of a list', () => {
  const list = specToForm(objectListSpec)
  const streams = list.fields.find((field) => field.kind === 'items')!
  const names = ['a', 'b', 'c', 'd']
  const at = (index: number) => ['streams', String(index), 'name']
  const errors = names.map((_, index) => error(...at(index)))
  const start = names.reduce<FormState>(
    (state, _, index) => transition(state, { type: 'field_left', path: at(index) }),
    {
      ...createFormState(list, { bucket: 'b', streams: names.map((name) => ({ name })) }),
      answered: errors,
    },
  )
  const placesAfter = (event: FormEvent) => {
    const { answered, touched, values } = transition(start, event)
    expect([...touched.keys()].toSorted()).toEqual(answered.map(({ path }) => path.join('.')).toSorted())
    const items = (values.streams as { name?: string }[]).map(({ name }) => name)
    // Each error still stands at the item it was about.
    return answered.map(({ path }) => items[Number(path[1])]).join('')
  }

  it.each<[string, FormEvent, string]>([
    ['removed', { type: 'item_removed', field: streams, key: 1 }, 'acd'],
    ['removed, the last', { type: 'item_removed', field: streams, key: '3' }, 'abc'],
    ['moved down', { type: 'item_moved', field: streams, from: 0, to: 2 }, 'abcd'],
    ['moved up', { type: 'item_moved', field: streams, from: 3, to: 1 }, 'abcd'],
    ['added', { type: 'item_added', field: streams }, 'abcd'],
  ])('keep what is known of them when one is %s', (_, event, expected) => {
    expect(placesAfter(event)).toBe(expected)
  })

  it('forget what the server said of the list itself', () => {
    const state = transition({ ...start, answered: [error('streams')] }, { type: 'item_added', field: streams })
    expect(state.answered).toEqual([])
    expect(state.fresh).toEqual([['streams', '4']])
  })

  it('are no news when the server says them again', () => {
    const heard = transition(start, { type: 'errors_answered', errors })
    expect(transition(heard, { type: 'errors_answered', errors: errors.map((each) => ({ ...each })) })).toBe(heard)
  })
})
