// The published API, as short as a resource wants to say it.
import type * as z from 'zod'
import type { Path } from './path.js'
import type { Call, CallOptions, Requester } from './request.js'

type Options = CallOptions & Pick<Call<unknown>, 'slow'>

/** The five verbs of `/api/public/v1`. What is given as `answer` is what a good answer looks like. */
export function publicApi(request: Requester) {
  const send = <T>(method: Call<T>['method'], path: Path, rest: Partial<Call<T>>): Promise<T> =>
    typeof path === 'string' ? request({ door: 'public', method, path, ...rest }) : Promise.reject(path)

  return {
    get: <T>(path: Path, answer: z.ZodType<T>, options: Options, search?: URLSearchParams) =>
      send('get', path, { answer, ...(search && { search }), ...options }),
    post: <T>(path: Path, json: unknown, answer: z.ZodType<T>, options: Options) =>
      send('post', path, { json, answer, ...options }),
    patch: <T>(path: Path, json: unknown, answer: z.ZodType<T>, options: Options) =>
      send('patch', path, { json, answer, ...options }),
    put: <T>(path: Path, json: unknown, answer: z.ZodType<T>, options: Options) =>
      send('put', path, { json, answer, ...options }),
    /** A PUT that answers nothing. */
    store: (path: Path, json: unknown, options: Options) => send<void>('put', path, { json, ...options }),
    delete: (path: Path, options: Options) => send<void>('delete', path, options),
    /** A DELETE that answers what was there. */
    take: <T>(path: Path, answer: z.ZodType<T>, options: Options) => send('delete', path, { answer, ...options }),
  }
}
