// Follows a job to its end: server-sent events, polling where those don't come through.
import { finalJobStatuses, Job } from '@opsai/contract'
import type { HubClient } from './hub-client.js'
import { toOpsaiError } from './opsai-error.js'
import { parseJson, readEvents } from './read-events.js'

export interface WatchJobOptions {
  client: Pick<HubClient, 'openJobEvents' | 'getJob'>
  jobId: string
  signal: AbortSignal
  /** Each time the job changed. */
  onJob: (job: Job) => void
  /** Between polls, and between two tries to open the events. @default 1500 */
  pollMs?: number
}

export const isFinalJob = (job: Job): boolean => finalJobStatuses.some((status) => status === job.status)

/** The jobs in an event stream, in order; what is no job (a comment, another event) is passed over. */
export async function* readJobEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<Job> {
  for await (const { event, data } of readEvents(body)) {
    const parsed = event === 'job' ? Job.safeParse(parseJson(data)) : undefined
    if (parsed?.success) yield parsed.data
  }
}

/**
 * Resolves with the job once it is final; rejects when it can't be read at all or `signal` aborts.
 *
 * @example
 * const job = await watchJob({ client, jobId, signal, onJob: (job) => console.log(job.rowsSynced) })
 */
export async function watchJob({ client, jobId, signal, onJob, pollMs = 1500 }: WatchJobOptions): Promise<Job> {
  for (;;) {
    const streamed = await followEvents({ client, jobId, signal, onJob })
    if (streamed) return streamed
    const polled = await client.getJob(jobId, { signal }).catch((thrown: unknown) => {
      const error = toOpsaiError(thrown)
      if (signal.aborted || !error.retryable) throw thrown
      return undefined
    })
    if (polled) onJob(polled)
    if (polled && isFinalJob(polled)) return polled
    await wait(pollMs, signal)
  }
}

async function followEvents({ client, jobId, signal, onJob }: WatchJobOptions): Promise<Job | undefined> {
  try {
    const response = await client.openJobEvents(jobId, { signal })
    if (!response.body) return undefined
    for await (const job of readJobEvents(response.body)) {
      onJob(job)
      if (isFinalJob(job)) return job
    }
  } catch (thrown) {
    if (signal.aborted) throw thrown
  }
  return undefined
}

/** Sleeps, and wakes with a rejection when the signal aborts. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
}
