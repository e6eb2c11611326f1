import { describe, expect, it } from 'vitest'
import { specToForm } from '../spec/spec-to-form.js'
import { databaseSpec } from '../test/specs.js'
import { createFormState, type FormEvent, type FormState, transition, withoutSecrets } from './form-state.js'

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
