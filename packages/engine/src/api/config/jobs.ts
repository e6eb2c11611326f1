import { Hono } from 'hono'
import * as z from 'zod'
import { parseBody } from '../parse.js'
import { unknownId } from '../problem.js'
import type { Services } from '../services.js'
import { toJobInfo } from '../to-job.js'

/** `jobs/get_without_logs`: attempts, rows per stream and why one failed. */
export function jobInfoRoutes({ jobs }: Services) {
  return new Hono().post('/jobs/get_without_logs', async (c) => {
    const { id } = await parseBody(c, z.looseObject({ id: z.number().int() }))
    const job = await jobs.get(id)
    if (!job) throw unknownId('job')
    return c.json(toJobInfo(job))
  })
}
