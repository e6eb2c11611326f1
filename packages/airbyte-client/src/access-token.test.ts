import { expect, it } from 'vitest'
import { createTokenSource, type TokenAnswer } from './access-token.js'
import { readJwtLifetime } from './jwt-lifetime.js'

const auth = { kind: 'client', clientId: 'me', clientSecret: 'shh' } as const
const base64url = (text: string) => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
const jwt = (claims: object) => `e30.${base64url(JSON.stringify(claims))}.sig`

function worldWith(...answers: TokenAnswer[]) {
  const world = { now: 1_000_000, asked: 0 }
  const request = async () => {
    const answer = answers[Math.min(world.asked++, answers.length - 1)]
    if (!answer) throw new Error('refused')
    return answer
  }
  return { world, tokens: createTokenSource({ auth, request, now: () => world.now }) }
}

const hours = 3_600_000

// How long a token is used, by what it says of itself: 80 % of its life.
it.each<[string, TokenAnswer, number]>([
  ['its expires_in', { kind: 'token', token: 't', expiresInSeconds: 900 }, 720_000],
  [
    'its expires_in, whatever the JWT says',
    { kind: 'token', token: jwt({ iat: 0, exp: 60 }), expiresInSeconds: 900 },
    720_000,
  ],
  ['its exp where there is no expires_in', { kind: 'token', token: jwt({ iat: 100, exp: 1_000 }) }, 720_000],
  ['nothing at all', { kind: 'token', token: 'opaque' }, 144_000],
  ['an exp before its iat', { kind: 'token', token: jwt({ iat: 1_000, exp: 100 }) }, 144_000],
  ['no token: authentication is off', { kind: 'none' }, 144_000],
])('trap 24: the life of a token is %s', async (_, answer, used) => {
  const { world, tokens } = worldWith(answer)
  await tokens.get()
  world.now += used - 1
  await tokens.get()
  expect(world.asked).toBe(1)
  world.now += 1
  await tokens.get()
  expect(world.asked).toBe(2)
})

it('asks once for a hundred callers', async () => {
  const { world, tokens } = worldWith({ kind: 'token', token: 't', expiresInSeconds: 900 })
  expect(new Set(await Promise.all(Array.from({ length: 100 }, () => tokens.get())))).toEqual(new Set(['t']))
  expect(world.asked).toBe(1)
})

it('asks once when a hundred callers are refused with the same old token, at once or one after the other', async () => {
  const { world, tokens } = worldWith({ kind: 'token', token: 'old' }, { kind: 'token', token: 'new' })
  await tokens.get()
  const again = async () => (tokens.refuse('old'), await tokens.get())

  expect(new Set(await Promise.all(Array.from({ length: 100 }, again)))).toEqual(new Set(['new']))
  for (let late = 0; late < 10; late++) expect(await again()).toBe('new')
  expect(world.asked).toBe(2)
})

it('asks again after a page, when calls without a token are refused', async () => {
  const { tokens } = worldWith({ kind: 'none' }, { kind: 'token', token: 't' })
  expect(await tokens.get()).toBeUndefined()
  expect(tokens.refuse(undefined)).toBe(true)
  expect(await tokens.get()).toBe('t')
})

it('remembers no failure', async () => {
  let fails = true
  const request = () =>
    fails ? Promise.reject(new Error('down')) : Promise.resolve({ kind: 'token', token: 't' } as const)
  const tokens = createTokenSource({ auth, request, now: () => 0 })
  await expect(Promise.all([tokens.get(), tokens.get()])).rejects.toThrow('down')
  fails = false
  expect(await tokens.get()).toBe('t')
})

it('has nothing to ask for a static key, or without one', async () => {
  const request = () => Promise.reject(new Error('asked'))
  const keyed = createTokenSource({ auth: { kind: 'apiKey', apiKey: 'k' }, request, now: () => 0 })
  const open = createTokenSource({ auth: { kind: 'none' }, request, now: () => 0 })
  expect([await keyed.get(), await open.get(), keyed.refuse('k'), open.refuse(undefined)]).toEqual([
    'k',
    undefined,
    false,
    false,
  ])
})

it.each([
  [jwt({ iat: 10, exp: 910 }), 900_000],
  [jwt({ exp: 2 * 3600 }), 1 * hours],
  [jwt({ exp: 'soon' }), undefined],
  ['no.jwt', undefined],
  ['a.%%%.b', undefined],
  [`a.${base64url('['.repeat(9_999))}.b`, undefined],
])('reads the life of %s', (token, lifetime) => {
  expect(readJwtLifetime(token, 1 * hours)).toBe(lifetime)
})
