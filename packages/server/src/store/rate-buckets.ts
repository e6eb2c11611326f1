import type { Db } from './database.js'

/** How fast a bucket fills, and how much it holds. */
export interface BucketSize {
  perSecond: number
  burst: number
}

export interface Taken {
  /** How many were taken: all that were wanted, or what there was. */
  tokens: number
  /** How many are left. Below one and with nothing taken, the next is there in `(1 - left) / perSecond` seconds. */
  left: number
}

/** Takes whole tokens out of a bucket all proxies share; fills it first for the time since it was last asked. */
export async function takeTokens(
  db: Db,
  name: string,
  wanted: number,
  { perSecond, burst }: BucketSize,
): Promise<Taken> {
  await db.rows('INSERT INTO opsai.rate_buckets (name, tokens) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING', [
    name,
    burst,
  ])
  const [row] = await db.rows<Taken>(
    `WITH before AS (
       SELECT least($3::float8, tokens + $2::float8 * extract(epoch FROM clock_timestamp() - at)) AS filled
       FROM opsai.rate_buckets WHERE name = $1 FOR UPDATE
     )
     UPDATE opsai.rate_buckets b
     SET tokens = filled - least($4::float8, floor(filled)), at = clock_timestamp()
     FROM before WHERE b.name = $1
     RETURNING least($4::float8, floor(filled)) AS tokens, b.tokens AS left`,
    [name, perSecond, burst, wanted],
  )
  return row ?? { tokens: wanted, left: 0 }
}

/** A bucket nobody has asked for an hour is full. */
export const sweepBuckets = (db: Db) => db.rows(`DELETE FROM opsai.rate_buckets WHERE at < now() - interval '1 hour'`)
