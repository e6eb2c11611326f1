// What the test run hands to database tests (postgres.setup.ts).
import 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser URLs of the run's PostgreSQL servers, one a worker. */
    postgresUrls: string[]
  }
}
