// The Config API, which Airbyte's own web app uses: all POST, ids in the body, not guaranteed to stay.
import type * as z from 'zod'
import type { Call, CallOptions, Requester } from './request.js'

type Options = CallOptions & Pick<Call<unknown>, 'slow'>

/** The three kinds of calls of `/api/v1`. */
export function internalApi(request: Requester) {
  const post = { door: 'config', method: 'post' } as const
  return {
    /** Only reads: repeated like a GET. */
    read: <T>(path: string, json: object | undefined, answer: z.ZodType<T>, options: Options) =>
      request({ ...post, path, ...(json && { json }), answer, reads: true, ...options }),
    /** Changes something: never repeated. */
    write: <T>(path: string, json: object, answer: z.ZodType<T>, options: Options) =>
      request({ ...post, path, json, answer, ...options }),
    /** Changes something and answers nothing. */
    run: (path: string, json: object, options: Options) => request<void>({ ...post, path, json, ...options }),
    /** A connector works while we wait: at least two minutes. */
    work: <T>(path: string, json: object, answer: z.ZodType<T>, options: Options) =>
      request({ ...post, path, json, answer, slow: true, ...options }),
    get: <T>(path: string, answer: z.ZodType<T>, options: Options) =>
      request({ door: 'config', method: 'get', path, answer, ...options }),
  }
}
