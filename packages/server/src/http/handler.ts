// What a handler is, derived from the contract's table: it gets parsed parts and answers what the table says.
import type { PathParams, RouteName, routes, Schema } from '@opsai/contract'
import type * as z from 'zod'
import type { Caller } from '../services.js'

type Routes = typeof routes
type Output<S> = S extends Schema ? z.output<S> : undefined

/** The routes nobody calls through the session door; a test holds the list to the table. */
export const sessionlessRoutes = [
  'getHealth',
  'getOpenApi',
  'createSession',
  'putTenant',
  'listTenants',
  'getTenant',
  'rotateTenant',
  'deleteTenant',
  'getTenantEnv',
  'revokeSessions',
  'createReconnectLink',
  'createApp',
  'getApp',
  'deleteApp',
  'verifyAudit',
  'listDeadWebhooks',
  'resendWebhook',
  'receiveNotification',
  'startFlow',
  'openFlow',
  'finishFlow',
  'finishAppFlow',
  'openReconnectLink',
  'useReconnectLink',
] as const satisfies RouteName[]
type CallerOf<N extends RouteName> = N extends (typeof sessionlessRoutes)[number] ? undefined : Caller

export interface Call<N extends RouteName> {
  params: PathParams<Routes[N]['path']>
  query: Output<Routes[N]['query']>
  body: Output<Routes[N]['body']>
  /** Who calls, on routes of the session door. */
  caller: CallerOf<N>
  request: Request
  requestId: string
  /** One a request; the same again where a request is repeated under its `Idempotency-Key`. */
  operationId: string
  /** Fires where the caller has gone. */
  signal: AbortSignal
}

type Answers<N extends RouteName> = Routes[N]['answers']

/** An answer of the contract's, or a finished response for what is not JSON. */
export type HandlerAnswer<N extends RouteName> =
  | {
      [S in keyof Answers<N> & number]: { status: S; body: Output<Answers<N>[S]>; headers?: Record<string, string> }
    }[keyof Answers<N> & number]
  | Response

export type Handler<N extends RouteName> = (call: Call<N>) => Promise<HandlerAnswer<N>> | HandlerAnswer<N>

/** One handler for every route of the contract: a missing one does not compile. */
export type Handlers = { [N in RouteName]: Handler<N> }
