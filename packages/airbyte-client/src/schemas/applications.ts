import * as z from 'zod'
import { growing, maybe } from './tolerant.js'

/** `POST /applications/token`. The Config API's own answers without `expires_in`. */
export const AccessToken = z.looseObject({
  access_token: z.string(),
  token_type: maybe(growing('Bearer')),
  /** Seconds. */
  expires_in: maybe(z.number()),
})
export type AccessToken = z.infer<typeof AccessToken>

/** An application: the id and secret that tokens are made from. Reading one shows its secret. */
export const Application = z.looseObject({
  id: z.string(),
  name: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  /** Seconds since the epoch. */
  createdAt: z.number(),
})
export type Application = z.infer<typeof Application>

export const Applications = z.looseObject({ applications: z.array(Application) })
