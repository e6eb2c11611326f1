import { describe, expect, it } from 'vitest'
import { en } from './en.js'
import { mergeMessages } from './messages.js'

describe('mergeMessages', () => {
  it('is English where nothing is overridden', () => expect(mergeMessages()).toEqual(en))

  it('replaces single texts at any depth and leaves the rest', () => {
    const merged = mergeMessages({
      form: { submit: 'Verbinden', validation: { required: ({ title }) => `${title} fehlt.` } },
    })
    expect(merged.form.submit).toBe('Verbinden')
    expect(merged.form.validation.required({ title: 'Host' })).toBe('Host fehlt.')
    expect(merged.form.name).toBe(en.form.name)
    expect(merged.form.validation.enum({ title: 'Host' })).toBe(en.form.validation.enum({ title: 'Host' }))
    expect(en.form.submit).toBe('Connect')
  })

  it('passes over what it does not know', () => {
    const unknown = JSON.parse('{"form":{"gone":"x","__proto__":{"polluted":1}},"area":{"a":"b"}}')
    expect(mergeMessages(unknown)).toEqual(en)
    expect({}).not.toHaveProperty('polluted')
  })
})
