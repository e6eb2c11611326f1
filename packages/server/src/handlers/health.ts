import { createOpenApi } from '@opsai/contract/openapi'
import type { Handlers } from '../http/handler.js'
import type { Services } from '../services.js'

const ANSWER_WITHIN_MS = 3_000

const reach = async (work: Promise<unknown>): Promise<'ok' | 'unreachable'> => {
  const late = new Promise((_, reject) => setTimeout(reject, ANSWER_WITHIN_MS).unref())
  return await Promise.race([work, late]).then(
    () => 'ok' as const,
    () => 'unreachable' as const,
  )
}

export const createHealthHandlers = ({
  db,
  airbyte,
  settings,
  lifecycle,
}: Services): Pick<Handlers, 'getHealth' | 'getOpenApi'> => ({
  getHealth: async () => {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
    const [database, upstream] = await Promise.all([reach(db.rows('SELECT 1')), reach(airbyte.health({ signal }))])
    if (lifecycle.isStopping()) return { status: 503, body: { status: 'stopping', database, airbyte: upstream } }
    const status = database === 'ok' && upstream === 'ok' ? 'ok' : 'degraded'
    return { status: 200, body: { status, database, airbyte: upstream } }
  },
  getOpenApi: () => ({ status: 200, body: createOpenApi(settings.basePath) }),
})
