/**
 * Why a local PostgreSQL could not be started.
 * - `no_binary`: nothing on this machine can run it; use `DATABASE_URL`.
 * - `in_use`: another live process holds this data directory.
 * - `port_taken`: another program listens on the wanted port.
 * - `init_failed` / `start_failed`: PostgreSQL itself refused; its own words are in the message.
 */
export type LocalPostgresErrorCode = 'no_binary' | 'in_use' | 'port_taken' | 'init_failed' | 'start_failed'

/**
 * The only error {@link startPostgres} throws on purpose; the message says what happened and what to do.
 *
 * @example
 * const postgres = await startPostgres({ dataDir }).catch((error) => {
 *   if (error instanceof LocalPostgresError && error.code === 'in_use') return reuse(error)
 *   throw error
 * })
 */
export class LocalPostgresError extends Error {
  override readonly name = 'LocalPostgresError'

  constructor(
    /** Which of the known reasons it was. */
    readonly code: LocalPostgresErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

export const useDatabaseUrl = 'Set DATABASE_URL to a PostgreSQL of your own (14 or newer) to go on without it.'
