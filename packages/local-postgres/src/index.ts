export { startPostgres } from './start-postgres.js'
export type { LocalPostgres, StartPostgresOptions } from './start-postgres.js'
export { LocalPostgresError } from './local-postgres-error.js'
export type { LocalPostgresErrorCode } from './local-postgres-error.js'
