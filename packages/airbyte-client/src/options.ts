// What a client is made from, and what goes without saying.
import type { AirbyteAuth } from './access-token.js'
import type { AirbyteError } from './airbyte-error.js'

export interface AirbyteClientOptions {
  /**
   * Airbyte's root: `http://localhost:4401` for self-managed Airbyte and the embedded engine (`/api/public/v1` and
   * `/api/v1` are looked for below it), `https://api.airbyte.com` for Cloud.
   */
  baseUrl: string
  /** Default: none, for an Airbyte with authentication switched off. `client` takes an application's id and secret. */
  auth?: AirbyteAuth
  /**
   * What sends requests; default the global `fetch`. An engine in the same process is reached by its own `fetch`.
   * An AirbyteError it throws is passed on as it is, without a repeat.
   */
  fetch?: (input: Request) => Response | Promise<Response>
  /** For one answer, body included, in milliseconds; default 30,000. */
  timeoutMs?: number
  /** For one answer where a connector works while we wait, in milliseconds; default 120,000, never below `timeoutMs`. */
  slowTimeoutMs?: number
  /** For a check or discover that Airbyte runs while we look in now and then, in milliseconds; default 300,000. */
  workTimeoutMs?: number
  /** For one call with its repeats and the waits between them, in milliseconds; default twice the time of one answer. */
  totalTimeoutMs?: number
  /** How often a call that failed is repeated where that is safe; default 3. */
  repeats?: number
  /** Asked before each repeat; default always. A budget for all calls together is kept here. */
  mayRepeat?: (error: AirbyteError) => boolean
  /** A longer answer is not read to its end; default 16 MiB. */
  maxAnswerBytes?: number
}

const MiB = 1024 * 1024

/** @throws TypeError where a key can't be sent in a header; nothing of the key is said */
export function withDefaults({ fetch, auth = { kind: 'none' }, ...options }: AirbyteClientOptions) {
  if (auth.kind === 'apiKey' && !/^[\x21-\x7e]+$/.test(auth.apiKey)) {
    throw new TypeError('auth.apiKey is empty or holds spaces, line breaks or other characters no header can carry.')
  }
  return {
    timeoutMs: 30_000,
    slowTimeoutMs: 120_000,
    workTimeoutMs: 300_000,
    repeats: 3,
    mayRepeat: () => true,
    maxAnswerBytes: 16 * MiB,
    ...withoutUndefined(options),
    auth,
    // Looked up at each call: tests and instrumentation replace the global one.
    fetch: fetch ?? ((input: Request) => globalThis.fetch(input)),
    now: Date.now,
    random: Math.random,
  }
}

function withoutUndefined<T extends object>(options: T): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T
}
