import { expect, it } from 'vitest'
import { applyChange } from './apply-change.js'

const before = { base_url: 'a', credentials: { auth_type: 'oauth2.0', refresh_token: 'one' } }
const after = { base_url: 'a', credentials: { auth_type: 'oauth2.0', refresh_token: 'two' } }

it('writes what changed and leaves alone what somebody else edited', () => {
  const current = { base_url: 'edited', credentials: { auth_type: 'oauth2.0', refresh_token: 'one' } }
  expect(applyChange(current, before, after)).toEqual({
    base_url: 'edited',
    credentials: { auth_type: 'oauth2.0', refresh_token: 'two' },
  })
})

it('keeps the token of a newer sign-in', () => {
  const current = { base_url: 'a', credentials: { auth_type: 'oauth2.0', refresh_token: 'newest' } }
  expect(applyChange(current, before, after)).toEqual(current)
})

it('keeps another way to authenticate that was chosen meanwhile', () => {
  const current = { base_url: 'a', credentials: { auth_type: 'api_key', api_key: 'k' } }
  expect(applyChange(current, before, after)).toEqual(current)
})
