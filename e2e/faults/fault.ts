// What a fault is: one named way for the wire between proxy and Airbyte to go wrong.
import type { ProblemCode } from '@opsai/contract'
import type { Line } from './line.js'

/** What a client asked, read to its end. */
export interface Asked {
  method: string
  /** With the query. */
  path: string
  headers: NodeJS.Dict<string | string[]>
  body: Buffer
}

/** What Airbyte itself answered, read to its end. */
export interface RealAnswer {
  status: number
  type: string
  body: Buffer
}

interface Named {
  name: string
  /** What the proxy may make of it while it lasts. Success is always allowed. */
  codes: ProblemCode[]
  /** Might as well be how this Airbyte always is, so that asking again need not be advised. */
  mayBeLasting?: true
  /** The client may not take it for an answer, though what it says would be right. */
  isTooMuch?: true
}

/** The connection itself does not come about: the client dials a place where nobody answers. */
export interface DialFault extends Named {
  kind: 'dial'
  to: 'closedPort' | 'fullBacklog'
}

/** Something else answers; Airbyte never hears of the request. */
export interface InsteadFault extends Named {
  kind: 'instead'
  answer(line: Line): void
}

/** Airbyte does what it was asked, and what comes back is not what it said. */
export interface AfterFault extends Named {
  kind: 'after'
  /** How often Airbyte gets the request. Default: once. */
  deliveries?: 2
  answer(line: Line, real: RealAnswer): void
}

export type Fault = DialFault | InsteadFault | AfterFault

/** A line of a program's stack, as gateways like to print them: must never be read by a user. */
export const innards = 'at Gateway.dispatch (/srv/airbyte/gateway.js:42:7)'
