import type { FailureType } from '../protocol/messages.js'

/** A connector's failure in words for the user: what happened and what to do. Holds no secrets. */
export class ConnectorError extends Error {
  override readonly name = 'ConnectorError'
  /** Whose turn it is: the user's (`config_error`), time's (`transient_error`) or ours (`system_error`). */
  readonly failureType: FailureType
  /** Paths of the configuration's fields to look at. */
  readonly fields: string[][]

  constructor(failureType: FailureType, message: string, fields: string[][] = []) {
    super(message)
    this.failureType = failureType
    this.fields = fields
  }
}
