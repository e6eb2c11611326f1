// Every way an OAuth provider may differ from the well-behaved one that Acme CRM is by itself.

/** Values of the switches that are words, the usual one first. */
export const behaviourWords = {
  openerPolicy: ['none', 'same-origin', 'same-origin-allow-popups'],
  decision: ['ask', 'allow'],
  answerShape: ['rfc6749', 'error_message', 'error_with_code', 'fragment', 'twice', 'nothing'],
  clientAuthentication: ['any', 'basic', 'body', 'both'],
  pkce: ['optional', 'required', 'refused'],
  expiresIn: ['number', 'string', 'absent'],
  tokenBody: ['form', 'json'],
  refreshTokens: ['rotate', 'rotate_lenient', 'keep', 'never'],
  tokenFormat: ['json', 'form', 'nested'],
  tokenFault: [
    'none',
    'rfc6749',
    'error_200',
    'ok_false',
    'html_500',
    'empty_200',
    'invalid_json',
    'array',
    'rate_limited',
    'connection_cut',
    'answer_lost',
  ],
  tokenFaultFor: ['any', 'authorization_code', 'refresh_token'],
} as const

type Words = { [Name in keyof typeof behaviourWords]: (typeof behaviourWords)[Name][number] }

/** Parameters of RFC 6749 that some provider calls otherwise. */
export const renamedParameters = ['client_id', 'client_secret', 'code', 'redirect_uri', 'scope', 'state'] as const

/** The provider's own names of parameters, in requests and answers alike; the standard ones then mean nothing. */
export type ParameterNames = Partial<Record<(typeof renamedParameters)[number], string>>

/**
 * How Acme CRM behaves as an OAuth provider. What each switch does is a table in this package's README.
 *
 * @example
 * const slowAndStrict: Partial<Behaviour> = { openerPolicy: 'same-origin', tokenDelayMs: 2_000 }
 */
export interface Behaviour extends Words {
  /** Milliseconds before the authorize page answers; likewise the token endpoint, for codes and for refreshes. */
  authorizeDelayMs: number
  tokenDelayMs: number
  refreshDelayMs: number
  /** Sent back at once in place of asking the person, such as `access_denied`; empty: ask. */
  answerError: string
  /** Standard names of parameters that the answer at the callback lacks. */
  answerWithout: string[]
  /** Parameters that it has besides. */
  answerWith: Record<string, string>
  names: ParameterNames
  /** Scopes that may be asked for besides the usual. */
  moreScopes: string[]
  /** Scopes that may be asked for and are not granted. */
  withheldScopes: string[]
  accessTokenSeconds: number
  /** Faults before the token endpoint is well again; 0: it stays ill. */
  tokenFaultTimes: number
  /** The `error` of faults that have one. */
  tokenError: string
  /** `Retry-After` of `rate_limited`, as it is sent; empty: none. */
  retryAfter: string
}

export const usualBehaviour: Behaviour = {
  openerPolicy: 'none',
  authorizeDelayMs: 0,
  tokenDelayMs: 0,
  refreshDelayMs: 0,
  decision: 'ask',
  answerError: '',
  answerShape: 'rfc6749',
  answerWithout: [],
  answerWith: {},
  names: {},
  tokenBody: 'form',
  clientAuthentication: 'any',
  pkce: 'optional',
  moreScopes: [],
  withheldScopes: [],
  accessTokenSeconds: 900,
  expiresIn: 'number',
  refreshTokens: 'rotate',
  tokenFormat: 'json',
  tokenFault: 'none',
  tokenFaultFor: 'any',
  tokenFaultTimes: 0,
  tokenError: 'invalid_grant',
  retryAfter: '1',
}
