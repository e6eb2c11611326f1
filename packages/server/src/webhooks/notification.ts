// What of Airbyte's notification is of use: which job it speaks of. Everything else in it is looked up, never believed.
import * as z from 'zod'

const Notification = z.object({ data: z.object({ jobId: z.union([z.int(), z.string().regex(/^[1-9][0-9]{0,14}$/)]) }) })

/**
 * The job a notification speaks of. A test message has no `data`; one that says a sync is queued has `finishedAt` null.
 */
export function toNotifiedJob(text: string): number | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const parsed = Notification.safeParse(value)
  const jobId = parsed.success ? Number(parsed.data.data.jobId) : undefined
  return jobId !== undefined && jobId > 0 && Number.isSafeInteger(jobId) ? jobId : undefined
}
