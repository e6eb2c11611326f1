import type * as z from 'zod/mini'

/** Who may call: anybody; the host's backend by its key; a browser by its session token; a posted form that holds one. */
export type Door = 'public' | 'host' | 'session' | 'form'
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Schema = z.core.$ZodType

/** The parts of a route that not every route has. */
export interface RouteParts {
  query?: Schema
  body?: Schema
  /** Success answers by status; failures are always a `Problem`. */
  answers: Readonly<Record<number, Schema>>
  /** @default 'application/json' */
  answersIn?: 'application/json' | 'text/plain' | 'text/html' | 'text/event-stream'
}

export interface Route<M extends Method, P extends string, R extends RouteParts> {
  door: Door
  method: M
  /** Below `/api/airbyte`, ids in braces. */
  path: P
  query: R['query']
  body: R['body']
  answers: R['answers']
  answersIn: NonNullable<RouteParts['answersIn']>
}
export type AnyRoute = Route<Method, string, RouteParts>

/** Names a route; the types of its parts are kept exactly. */
export function defineRoute<const M extends Method, const P extends string, const R extends RouteParts>(
  door: Door,
  method: M,
  path: P,
  parts: R,
): Route<M, P, R> {
  return {
    door,
    method,
    path,
    query: parts.query,
    body: parts.body,
    answers: parts.answers,
    answersIn: parts.answersIn ?? 'application/json',
  }
}

/** `/sources/{sourceId}` → `'sourceId'`. */
export type PathParam<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParam<Rest>
  : never

/** The ids a path wants, by name. */
export type PathParams<P extends string> = { [K in PathParam<P>]: string }

/** What a route answers on success. */
export type Answer<R extends AnyRoute> = z.core.output<R['answers'][keyof R['answers']] & Schema>

/** What a route takes as its body. */
export type Body<R extends AnyRoute> = R['body'] extends Schema ? z.core.input<R['body']> : undefined

/**
 * A path with its ids filled in, each percent-encoded.
 *
 * @example
 * toPath('/sources/{sourceId}', { sourceId: 'a b' }) // '/sources/a%20b'
 */
export function toPath<P extends string>(path: P, params: PathParams<P>): string {
  const byName = params as Readonly<Record<string, string>>
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = byName[name]
    if (!value) throw new TypeError(`[opsai/contract] ${path} needs ${name}: pass it in params.`)
    // No encoding keeps these two: whoever sends the path would leave them out, and ask for something else.
    if (value === '.' || value === '..') throw new TypeError(`[opsai/contract] ${name} can't be "${value}".`)
    return encodeURIComponent(value)
  })
}
