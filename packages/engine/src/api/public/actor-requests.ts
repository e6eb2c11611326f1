import type { Context } from 'hono'
import * as z from 'zod'
import { Json, Uuid } from '../parse.js'

/** `POST /sources`, `POST /destinations`. */
export const ActorCreate = z.looseObject({
  name: z.string().min(1),
  workspaceId: Uuid,
  configuration: Json,
  definitionId: Uuid.optional(),
  secretId: z.string().optional(),
})

/** `PUT`: takes no secretId (trap 10). */
export const ActorPut = z.looseObject({ name: z.string().min(1), configuration: Json })

/** `PATCH`: a workspaceId is ignored. */
export const ActorPatch = z.looseObject({
  name: z.string().min(1).optional(),
  configuration: Json.optional(),
  secretId: z.string().optional(),
})

export function wantsCoordinates(c: Context): boolean {
  return c.req.query('includeSecretCoordinates') === 'true'
}
