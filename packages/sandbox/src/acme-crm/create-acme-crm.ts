import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as z from 'zod'
import { createApiRoutes } from './api/api-routes.js'
import { createBehaviours } from './behaviour/behaviours.js'
import { createControlRoutes } from './behaviour/control-routes.js'
import { createControl, type AcmeCrmControl } from './behaviour/control.js'
import { wasCut, type Connection } from './behaviour/cut-connection.js'
import { createRefreshTokenRecord } from './behaviour/seen-refresh-tokens.js'
import { acmeCrm } from './facts.js'
import { createAuthorizeRoutes } from './oauth/authorize-routes.js'
import { createCodes } from './oauth/codes.js'
import { describeServer } from './oauth/describe-server.js'
import { createGrants, emptyGrantState } from './oauth/grants.js'
import { createTokenRoutes } from './oauth/token-routes.js'
import { toSettings, type AcmeCrmOptions } from './options.js'
import { createRecordStore, type RecordChange } from './records/record-store.js'
import { readState, writeState } from './state-file.js'

/** A sandbox SaaS, answering requests. */
export interface AcmeCrm {
  /** The whole of it: an HTTP server's handler, or a `fetch` for tests. */
  fetch: (request: Request, connection?: Connection) => Response | Promise<Response>
  /** How it behaves as an OAuth provider, and what it saw. */
  control: AcmeCrmControl
  /** Inserts or updates that many records now. */
  change(count: number): RecordChange[]
  /** Stops changing records by itself. */
  close(): void
}

/**
 * Makes Acme CRM: an OAuth 2 authorization server (RFC 6749, 7009, 7636, 8414, 9207) with pages to sign in
 * on, and a REST API of contacts, companies and deals that change. What it answers is in this package's
 * README.
 *
 * @example
 * const crm = createAcmeCrm({ apiKeys: ['acme_key_test'] })
 * const headers = { Authorization: 'Bearer acme_key_test' }
 * await crm.fetch(new Request('http://crm.test/api/v1/contacts', { headers }))
 */
export function createAcmeCrm(options: AcmeCrmOptions = {}): AcmeCrm {
  const settings = toSettings(options)
  const { stateFile, now, seed, clients } = settings
  const grants = createGrants({
    now,
    state: stateFile ? readState(stateFile) : emptyGrantState(),
    onChanged: (state) => stateFile && writeState(stateFile, state),
  })
  const codes = createCodes(settings)
  const behaviours = createBehaviours(settings)
  const record = createRefreshTokenRecord()
  const clientIds = clients.map(({ clientId }) => clientId)
  const control = createControl(clientIds, behaviours, record)
  const store = createRecordStore({ seed, counts: settings.records, now })

  const app = new Hono()
  app.get('/', (c) => c.json({ name: 'Acme CRM', ...acmeCrm.paths }))
  app.get(acmeCrm.paths.metadata, (c) => describeServer(c, behaviours.of()))
  app.route('/oauth', createTokenRoutes({ clients, codes, grants, behaviours, record }))
  app.route('/oauth', createAuthorizeRoutes(settings, codes, behaviours))
  app.route(acmeCrm.paths.records, createApiRoutes({ settings, grants, store }))
  app.route(
    acmeCrm.paths.changes,
    createChangeRoutes((count) => store.change(count)),
  )

  if (settings.control) app.route('/', createControlRoutes(control))

  const { changeEverySeconds } = settings
  const timer = changeEverySeconds && setInterval(() => store.change(3), changeEverySeconds * 1_000)
  if (timer) timer.unref()
  return {
    fetch: async (request, connection) => {
      const response = await app.fetch(request, connection)
      if (!connection && wasCut(response)) throw new TypeError('Acme CRM cut the connection.')
      return response
    },
    control,
    change: (count) => store.change(count),
    close: () => clearInterval(timer),
  }
}

const changesSchema = z.object({ count: z.int().min(1).max(1_000) })

// JSON only: another site's page cannot send that here without asking first.
function createChangeRoutes(change: (count: number) => RecordChange[]): Hono {
  return new Hono().post('/', bodyLimit({ maxSize: 1_024 }), async (c) => {
    const isJson = c.req.header('Content-Type')?.startsWith('application/json')
    const parsed = changesSchema.safeParse(isJson ? await c.req.json().catch(() => undefined) : undefined)
    if (parsed.success) return c.json({ changes: change(parsed.data.count) })
    const message = 'Send {"count": n} as application/json, n a whole number from 1 to 1000.'
    return c.json({ error: { code: 'invalid_parameter', message, field: 'count' } }, 400)
  })
}
