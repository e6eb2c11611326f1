// Who was granted what, and the tokens of it. Only hashes of tokens are held.
import { randomUUID } from 'node:crypto'
import type { Behaviour } from '../behaviour/behaviour.js'
import { hashToken, newToken } from '../secrets.js'

/** One person's consent to one app: the family that all its tokens belong to. */
export interface Grant {
  id: string
  clientId: string
  personId: string
  scope: string
}

/** What outlives a restart. */
export interface GrantState {
  grants: Grant[]
  /** By hash. A used one is kept, so that its second use is noticed. */
  refreshTokens: Record<string, { grantId: string; used: boolean }>
  /** By hash; milliseconds since 1970. */
  accessTokens: Record<string, { grantId: string; scope: string; expiresAt: number }>
}

/** Tokens on their way to the client. */
export interface IssuedTokens {
  accessToken: string
  /** Absent where the one there was goes on, or there is none. */
  refreshToken?: string
  expiresInSeconds: number
  scope: string
}

/** What becomes of refresh tokens, and how long access tokens live. */
export type TokenTerms = Pick<Behaviour, 'refreshTokens' | 'accessTokenSeconds'>

export type Refreshed = { kind: 'refreshed'; tokens: IssuedTokens } | { kind: 'unknown' | 'reused' | 'wider scope' }

export interface Grants {
  /** A new consent and its first tokens. */
  open(grant: Omit<Grant, 'id'>, terms: TokenTerms): { grantId: string; tokens: IssuedTokens }
  /** Rotates: the old refresh token dies, and using it again ends the whole grant (RFC 9700 §4.14.2). */
  refresh(refreshToken: string, clientId: string, terms: TokenTerms, scope?: string): Refreshed
  /** The grant and scope of a living access token. */
  authorize(accessToken: string): { grant: Grant; scope: string } | undefined
  /** RFC 7009: a refresh token takes its whole grant along. False if the token is another client's. */
  revoke(token: string, clientId: string): boolean
  /** Ends a grant with all its tokens. */
  end(grantId: string): void
}

export interface GrantsOptions {
  now: () => number
  state: GrantState
  /** Called after every change, before anybody is told of it. */
  onChanged: (state: GrantState) => void
}

export const emptyGrantState = (): GrantState => ({ grants: [], refreshTokens: {}, accessTokens: {} })

export function createGrants({ now, state, onChanged }: GrantsOptions): Grants {
  const grantOf = (grantId: string | undefined) => state.grants.find(({ id }) => id === grantId)

  function issue(grant: Grant, scope: string, accessTokenSeconds: number, isRefreshable: boolean): IssuedTokens {
    const accessToken = newToken('acme_at_')
    const refreshToken = isRefreshable ? newToken('acme_rt_') : undefined
    const expiresAt = now() + accessTokenSeconds * 1_000
    dropExpired(state, now())
    dropLongUsed(state, grant.id)
    state.accessTokens[hashToken(accessToken)] = { grantId: grant.id, scope, expiresAt }
    if (refreshToken !== undefined) state.refreshTokens[hashToken(refreshToken)] = { grantId: grant.id, used: false }
    onChanged(state)
    return {
      accessToken,
      ...(refreshToken !== undefined && { refreshToken }),
      expiresInSeconds: accessTokenSeconds,
      scope,
    }
  }

  function end(grantId: string): void {
    state.grants = state.grants.filter(({ id }) => id !== grantId)
    for (const tokens of [state.refreshTokens, state.accessTokens]) {
      for (const [hash, token] of Object.entries(tokens)) if (token.grantId === grantId) delete tokens[hash]
    }
    onChanged(state)
  }

  return {
    open(consent, { refreshTokens, accessTokenSeconds }) {
      const grant = { ...consent, id: randomUUID() }
      state.grants.push(grant)
      return { grantId: grant.id, tokens: issue(grant, grant.scope, accessTokenSeconds, refreshTokens !== 'never') }
    },
    refresh(refreshToken, clientId, { refreshTokens, accessTokenSeconds }, scope) {
      const token = state.refreshTokens[hashToken(refreshToken)]
      const grant = grantOf(token?.grantId)
      if (!token || grant?.clientId !== clientId) return { kind: 'unknown' }
      if (token.used) {
        if (refreshTokens === 'rotate_lenient') return { kind: 'unknown' }
        end(grant.id)
        return { kind: 'reused' }
      }
      if (scope !== undefined && !isWithin(scope, grant.scope)) return { kind: 'wider scope' }
      const rotates = refreshTokens === 'rotate' || refreshTokens === 'rotate_lenient'
      token.used = rotates
      return { kind: 'refreshed', tokens: issue(grant, scope ?? grant.scope, accessTokenSeconds, rotates) }
    },
    authorize(accessToken) {
      const token = state.accessTokens[hashToken(accessToken)]
      const grant = grantOf(token?.grantId)
      return token && grant && token.expiresAt > now() ? { grant, scope: token.scope } : undefined
    },
    revoke(token, clientId) {
      const hash = hashToken(token)
      const found = state.refreshTokens[hash] ?? state.accessTokens[hash]
      if (!found) return true
      if (grantOf(found.grantId)?.clientId !== clientId) return false
      if (hash in state.refreshTokens) end(found.grantId)
      else delete state.accessTokens[hash]
      onChanged(state)
      return true
    },
    end,
  }
}

function dropExpired(state: GrantState, now: number): void {
  for (const [hash, { expiresAt }] of Object.entries(state.accessTokens)) {
    if (expiresAt <= now) delete state.accessTokens[hash]
  }
}

// A grant refreshed for years need not remember every token it ever had.
const usedKept = 100

function dropLongUsed(state: GrantState, grantId: string): void {
  const used = Object.entries(state.refreshTokens).filter(([, token]) => token.used && token.grantId === grantId)
  for (const [hash] of used.slice(0, -usedKept)) delete state.refreshTokens[hash]
}

function isWithin(scope: string, granted: string): boolean {
  return scope.split(' ').every((one) => granted.split(' ').includes(one))
}
