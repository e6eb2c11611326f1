import { describe, expect, it } from 'vitest'
import { secretMask } from '../spec/cast.js'
import { specToForm } from '../spec/spec-to-form.js'
import { toValues } from '../spec/to-values.js'
import { databaseSpec, objectListSpec } from '../test/specs.js'
import { toStoredSecrets, withoutMovedMasks, withoutSecrets } from './stored-secrets.js'

const database = specToForm(databaseSpec)
const start = toValues(database, {
  host: 'h',
  password: secretMask,
  tunnel: { tunnel_method: 'SSH_KEY_AUTH', tunnel_host: 'j', ssh_key: secretMask },
})
const list = specToForm(objectListSpec)
const streams = list.fields.find((field) => field.kind === 'items')!

describe('stored secrets', () => {
  it('are those of the options chosen at the start', () => {
    const { values, stored } = toStoredSecrets(database, start, start)
    expect([...stored]).toEqual(['password', 'tunnel.ssh_key'])
    expect(values).toBe(start)
  })

  it('are not those of another option, nor what nobody stored', () => {
    const held = {
      ...start,
      username: secretMask,
      tunnel: { tunnel_method: 'SSH_PASSWORD_AUTH', ssh_key: secretMask, tunnel_user_password: secretMask },
    }
    const { values, stored } = toStoredSecrets(database, held, start)
    expect([...stored]).toEqual(['password'])
    expect(values).toEqual({ ...held, tunnel: { ...held.tunnel, tunnel_user_password: undefined } })
  })

  it('can be kept although something was typed over them', () => {
    expect(toStoredSecrets(database, { ...start, password: 'p' }, start).stored).toContain('password')
  })

  it('are forgotten as typed, and stay as stored, once all was accepted', () => {
    const held = { ...start, password: 'new', tunnel: { tunnel_method: 'NO_TUNNEL', tunnel_user_password: 'typed' } }
    expect(withoutSecrets(held, database.fields, start)).toEqual({
      ...held,
      password: secretMask,
      tunnel: { tunnel_method: 'NO_TUNNEL', tunnel_user_password: undefined },
    })
  })

  it('of a list stay where they are: those of items that moved are gone', () => {
    const item = (name: string) => ({ name, key: secretMask })
    const [a, b, c] = [item('a'), item('b'), item('c')]
    const moved = withoutMovedMasks({ streams: [a, c] }, streams, { streams: [a, b, c] })
    expect(moved).toEqual({ streams: [a, { name: 'c', key: undefined }] })
  })
})
