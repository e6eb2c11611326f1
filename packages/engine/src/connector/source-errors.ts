// Why there is nothing to be had of a source right now. Not the connector's doing, so not its errors.

/** Somebody else is using, or renewing, the source's tokens. */
export class SourceBusyError extends Error {
  override readonly name = 'SourceBusyError'
}

/** The source was deleted meanwhile. */
export class SourceGoneError extends Error {
  override readonly name = 'SourceGoneError'
}

/** Whether an error says something of the source, not of what was done with it. */
export const isSourceError = (error: unknown): error is SourceBusyError | SourceGoneError =>
  error instanceof SourceBusyError || error instanceof SourceGoneError
