// The PostgreSQL server of a test file. Each worker has one to itself: roles belong to a whole server, and what one file's
// warehouse does to those it finds there must not get into another's way.
import { inject } from 'vitest'

/** As its superuser, in the database `postgres`. */
export function postgresUrl(): string {
  const urls = inject('postgresUrls')
  return urls[(Number(process.env.VITEST_POOL_ID) - 1) % urls.length] ?? ''
}
