import type { Job } from '@opsai/contract'
import { expect, test, vi } from 'vitest'
import { OpsaiError } from './opsai-error.js'
import { readJobEvents, watchJob } from './watch-job.js'

const jobAt = (status: Job['status'], rowsSynced = 0): Job => ({
  jobId: 'job_1',
  connectionId: 'con_1',
  status,
  startedAt: 'now',
  rowsSynced,
  bytesSynced: 0,
  streams: [],
})
const eventOf = (job: Job) => `event: job\ndata: ${JSON.stringify(job)}\n\n`

/** A body that arrives in pieces of so many bytes. */
function streamOf(text: string, size = text.length) {
  const bytes = new TextEncoder().encode(text)
  return new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size))
      controller.close()
    },
  })
}

test.each([1, 7, 64, 10_000])('events are read whole, in pieces of %i bytes', async (size) => {
  const text = `: hello\n\n${eventOf(jobAt('running', 5))}event: ping\ndata: {}\n\n${eventOf(jobAt('succeeded', 9))}`
  const seen: number[] = []
  for await (const job of readJobEvents(streamOf(text, size))) seen.push(job.rowsSynced)
  expect(seen).toEqual([5, 9])
})

test('an event stream that breaks off is followed by polling, to the end', async () => {
  const onJob = vi.fn<(job: Job) => void>()
  const polled = [jobAt('running', 7), jobAt('succeeded', 9)]
  const opened = [new Response(streamOf(eventOf(jobAt('running', 5)))), new Response(null, { status: 200 })]
  const job = await watchJob({
    client: {
      openJobEvents: async () =>
        opened.shift() ?? Promise.reject(new OpsaiError({ code: 'network_error', message: '', displayMessage: '' })),
      getJob: async () => polled.shift() ?? jobAt('failed'),
    },
    jobId: 'job_1',
    signal: new AbortController().signal,
    onJob,
    pollMs: 1,
  })
  expect(job.status).toBe('succeeded')
  expect(onJob.mock.calls.map(([seen]) => seen.rowsSynced)).toEqual([5, 7, 9])
})

test('a job nobody knows is not asked for for ever', async () => {
  const gone = new OpsaiError({ code: 'not_found', message: 'No such job', displayMessage: '' })
  const watching = watchJob({
    client: { openJobEvents: () => Promise.reject(gone), getJob: () => Promise.reject(gone) },
    jobId: 'job_1',
    signal: new AbortController().signal,
    onJob: vi.fn(),
    pollMs: 1,
  })
  await expect(watching).rejects.toBe(gone)
})

test('nothing is asked after the watch was stopped', async () => {
  const stop = new AbortController()
  const getJob = vi.fn(async () => jobAt('running'))
  const watching = watchJob({
    client: { openJobEvents: () => Promise.reject(new Error('no events here')), getJob },
    jobId: 'job_1',
    signal: stop.signal,
    onJob: () => stop.abort(new Error('left')),
    pollMs: 1,
  })
  await expect(watching).rejects.toThrow('left')
  expect(getJob).toHaveBeenCalledTimes(1)
})
