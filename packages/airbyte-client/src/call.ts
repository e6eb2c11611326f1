// One call of Airbyte's API as the resources write it down.
import type * as z from 'zod'

/** Given last to every method. */
export interface CallOptions {
  /** Gives the call up; the promise then rejects with the signal's reason. */
  signal?: AbortSignal
}

export interface Call<T> extends CallOptions {
  /** Which of the two APIs. */
  door: 'public' | 'config'
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** Below the door's root, without a slash in front. */
  path: string
  json?: unknown
  search?: URLSearchParams
  /** What a good answer looks like; without it the body is not read. */
  answer?: z.ZodType<T>
  /** The answer need be no JSON: `answer` gets its text, be it a web page. */
  text?: boolean
  /** A POST that only reads, or whose own id makes a repeat the same call: may be repeated like a GET. */
  reads?: boolean
  /** Needs no token. */
  anonymous?: boolean
  /** The connector works while we wait: `slowTimeoutMs` instead of `timeoutMs`. */
  slow?: boolean
}

export type Requester = <T = void>(call: Call<T>) => Promise<T>

/** Whether doing it twice is doing it once. */
export const isIdempotent = ({ method, reads }: Call<unknown>) =>
  method === 'get' || method === 'put' || method === 'delete' || reads === true

/** `POST /sources`, for messages: ids in a path stay, parameters don't. */
export const nameOf = ({ method, path }: Call<unknown>) => `${method.toUpperCase()} /${path}`
