// What the test run hands to database tests (postgres.setup.ts).
import 'vitest'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser URL of the run's PostgreSQL. */
    postgresUrl: string
  }
}
