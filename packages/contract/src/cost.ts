import * as z from 'zod/mini'
import { SyncMode } from './stream.js'

/**
 * How a figure is known: `counted` of all there is, `sampled` from a part of it or from earlier syncs, `typical` by an
 * assumption that holds for most, or not at all. A figure made of several is known as badly as its worst part.
 */
export const Known = z.enum(['counted', 'sampled', 'typical', 'unknown'])
export type Known = z.infer<typeof Known>

export const Figure = z.object({
  known: Known,
  /** Absent where it is `unknown`. */
  value: z.optional(z.number()),
  /** What it can't be less than, where it is `unknown` and that much is sure. */
  atLeast: z.optional(z.number()),
})
export type Figure = z.infer<typeof Figure>

/** What syncing will use. A month is thirty days. */
export const Cost = z.object({
  /** Of the first sync, which reads everything. */
  firstRows: Figure,
  /** Of each sync after it. */
  rowsPerSync: Figure,
  /** After the first. */
  rowsPerMonth: Figure,
  /** To the source's API. */
  requestsPerMonth: Figure,
  /** Airbyte credits of the first sync. */
  firstCredits: Figure,
  creditsPerMonth: Figure,
})
export type Cost = z.infer<typeof Cost>

export const StreamEstimate = z.extend(Cost, {
  name: z.string(),
  namespace: z.optional(z.string()),
  syncMode: SyncMode,
})
export type StreamEstimate = z.infer<typeof StreamEstimate>

/** What Airbyte asks for: only Airbyte Cloud sells credits. */
export const CreditRate = z.object({
  edition: z.enum(['embedded', 'selfManaged', 'cloud']),
  /** What is counted: rows of APIs and custom sources, gigabytes of databases and files. */
  by: z.enum(['rows', 'gigabytes']),
  /** For a million rows, or for a gigabyte. 0 where nothing is sold. */
  credits: z.number(),
  /** Where the rate was read, and when: it may have changed. */
  source: z.string(),
  asOf: z.string(),
})
export type CreditRate = z.infer<typeof CreditRate>

/** What a connection will use, before it is made. */
export const Estimate = z.object({
  streams: z.array(StreamEstimate),
  total: Cost,
  /** By its schedule; unknown where it is manual. */
  syncsPerMonth: Figure,
  rate: CreditRate,
})
export type Estimate = z.infer<typeof Estimate>

export const UsedStream = z.object({
  name: z.string(),
  namespace: z.optional(z.string()),
  rows: z.int(),
  bytes: z.int(),
})
export type UsedStream = z.infer<typeof UsedStream>

export const UsedJob = z.object({
  jobId: z.string(),
  status: z.enum(['succeeded', 'failed', 'cancelled']),
  at: z.string(),
  rows: z.int(),
  bytes: z.int(),
})

/** What a connection really used: sums of the jobs the proxy has seen end. */
export const Usage = z.object({
  connectionId: z.string(),
  /** How far back it goes. */
  days: z.int(),
  /** Jobs that are counted, newest first. */
  jobs: z.array(UsedJob),
  /** Ended jobs Airbyte lists that could not be looked at: their figures are missing. */
  jobsNotSeen: z.int(),
  rows: z.int(),
  bytes: z.int(),
  /** Airbyte does not tell: always `unknown` for now. */
  requests: Figure,
  /** What the published rate makes of it. */
  credits: Figure,
  rate: CreditRate,
  streams: z.array(UsedStream),
  /** Streams that cost time and bring nothing: no row in any of at least three syncs in this long. */
  unused: z.array(z.object({ name: z.string(), namespace: z.optional(z.string()), reason: z.literal('no_rows') })),
  /** For how many days nothing has to come before a stream counts as unused. */
  unusedAfterDays: z.int(),
})
export type Usage = z.infer<typeof Usage>
