/** Where the engine writes what it does: a pino logger fits. Nothing secret is ever handed to it. */
export interface EngineLogger {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** Says nothing: the default. */
export const silentLogger: EngineLogger = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** What of an error may be logged: class, message and code, but none of the properties drivers hang on it. */
export function errorFacts(error: unknown): { error: string; code?: string } {
  if (!(error instanceof Error)) return { error: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  return { error: `${error.name}: ${error.message}`, ...code }
}
