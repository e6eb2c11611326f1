// What Acme CRM can be told, by a program or by the environment.
import type { Behaviour } from './behaviour/behaviour.js'

/** An app that may ask people for access (RFC 6749 §2). */
export interface OAuthClient {
  clientId: string
  clientSecret: string
  /** Shown on the consent page. */
  name: string
  /** Compared character for character. */
  redirectUris: string[]
  /** Refuse requests without PKCE (default false; a challenge that is sent is always checked). */
  requirePkce?: boolean
  /** What is otherwise for this client than for the rest. */
  behaviour?: Partial<Behaviour>
}

/** Somebody who can sign in. */
export interface Person {
  id: string
  email: string
  name: string
  /** Shown on the sign-in page: this is a sandbox. */
  password: string
}

/** What `createAcmeCrm` is told; everything has a default. */
export interface AcmeCrmOptions {
  /** Apps that may ask for access (default: one, see the README). */
  clients?: OAuthClient[]
  people?: Person[]
  /** Accepted in place of access tokens; must begin with `acme_key_` (default: `acme_key_sandbox`). */
  apiKeys?: string[]
  /** Life of an access token (default 900). */
  accessTokenSeconds?: number
  /** Life of an authorization code (default 60). */
  codeSeconds?: number
  /** For one token or key: requests a second, and how many at once (default 20 and 40). `false`: no limit. */
  rateLimit?: { perSecond: number; burst: number } | false
  /** How many records there are to begin with (default 3,000 contacts, 600 companies, 1,500 deals). */
  records?: Partial<Record<'contacts' | 'companies' | 'deals', number>>
  /** The same number gives the same records (default 1). */
  seed?: number
  /** Change a few records every so many seconds (default: never). */
  changeEverySeconds?: number
  /** How it behaves as an OAuth provider, where it is to be otherwise than usual (see the README). */
  behaviour?: Partial<Behaviour>
  /** Serve the routes by which behaviours are set over HTTP; they ask nobody who they are (default false). */
  control?: boolean
  /** File (mode 0600) in which grants and tokens, hashed, outlive a restart. */
  stateFile?: string
  /** Milliseconds since 1970 (default `Date.now`). */
  now?: () => number
}

export const defaultClient: OAuthClient = {
  clientId: 'opsai-demo',
  clientSecret: 'opsai-demo-secret',
  name: 'OpsAI demo',
  redirectUris: ['http://localhost:4400/api/airbyte/oauth/callback', 'http://localhost:4401/auth_flow'],
}

export const defaultPeople: Person[] = [
  {
    id: 'a1f0c2d4-0b6c-4f57-8a39-6f2f5f0b1815',
    email: 'ada@acme.test',
    name: 'Ada Lovelace',
    password: 'analytical-engine',
  },
  {
    id: 'b7c93e10-52d8-4d0a-9c1e-2e4b8a3d1906',
    email: 'grace@acme.test',
    name: 'Grace Hopper',
    password: 'nanosecond-wire',
  },
]

/** Everything filled in. */
export type AcmeCrmSettings = Required<Omit<AcmeCrmOptions, 'changeEverySeconds' | 'stateFile' | 'records'>> &
  Pick<AcmeCrmOptions, 'changeEverySeconds' | 'stateFile'> & {
    records: Record<'contacts' | 'companies' | 'deals', number>
  }

export function toSettings(options: AcmeCrmOptions): AcmeCrmSettings {
  return {
    clients: [defaultClient],
    people: defaultPeople,
    apiKeys: ['acme_key_sandbox'],
    accessTokenSeconds: 900,
    codeSeconds: 60,
    rateLimit: { perSecond: 20, burst: 40 },
    behaviour: {},
    control: false,
    seed: 1,
    now: Date.now,
    ...options,
    records: { contacts: 3_000, companies: 600, deals: 1_500, ...options.records },
  }
}
