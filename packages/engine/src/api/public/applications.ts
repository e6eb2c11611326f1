import { Hono } from 'hono'
import * as z from 'zod'
import type { Application } from '../../store/applications.js'
import type { Credentials } from '../access.js'
import { parseBody } from '../parse.js'
import { Problem } from '../problem.js'
import type { Services } from '../services.js'

/** Airbyte gives its fixed application a new id at every look; one that stays can be asked for. */
const ownId = '00000000-0000-0000-0000-000000000000'

/** Applications, secrets included: the API's own way to hand them out. Never to be offered to a tenant. */
export function applicationRoutes({ applications }: Services, own: Credentials | undefined) {
  const fixed: Application[] = own
    ? [{ applicationId: ownId, name: 'Operator Application', ...own, createdAt: new Date(0) }]
    : []

  async function find(id: string): Promise<Application> {
    const known = fixed.find(({ applicationId }) => applicationId === id)
    const found = known ?? (z.guid().safeParse(id).success ? await applications.get(id) : undefined)
    if (!found) throw new Problem('resource-not-found', 'There is no such application.', { resourceId: id })
    return found
  }

  return new Hono()
    .get('/', async (c) => c.json({ applications: [...fixed, ...(await applications.list())].map(toApplication) }))
    .post('/', async (c) => {
      const { name } = await parseBody(c, z.looseObject({ name: z.string().min(1) }))
      return c.json(toApplication(await applications.create(name)))
    })
    .get('/:applicationId', async (c) => c.json(toApplication(await find(c.req.param('applicationId')))))
    .delete('/:applicationId', async (c) => {
      const application = await find(c.req.param('applicationId'))
      if (fixed.includes(application)) {
        throw new Problem('bad-request', "The operator's application is set in the engine's options, not over the API.")
      }
      await applications.delete(application.applicationId)
      // 200 with a body, unlike every other DELETE (trap 12).
      return c.json(toApplication(application))
    })
}

function toApplication({ applicationId, name, clientId, clientSecret, createdAt }: Application) {
  return { id: applicationId, name, clientId, clientSecret, createdAt: Math.floor(createdAt.getTime() / 1000) }
}
