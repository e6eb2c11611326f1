// What is read of Vercel's answers: no more than is used, so that a field more or less elsewhere changes nothing.
import * as z from 'zod'

const readyState = z.enum(['INITIALIZING', 'QUEUED', 'BUILDING', 'READY', 'ERROR', 'CANCELED', 'BLOCKED', 'DELETED'])
/** `STAGED`: built for production, but no domain leads there yet. */
const readySubstate = z.string().nullish()

export const deploymentAnswer = z.object({
  id: z.string(),
  url: z.string(),
  readyState,
  readySubstate,
  errorCode: z.string().nullish(),
  errorMessage: z.string().nullish(),
  meta: z.record(z.string(), z.string()).nullish(),
})
export type VercelDeployment = z.infer<typeof deploymentAnswer>

export const deploymentsAnswer = z.object({
  deployments: z.array(
    z.object({
      uid: z.string(),
      readyState: readyState.optional(),
      state: readyState.optional(),
      meta: z.record(z.string(), z.string()).nullish(),
    }),
  ),
})

export const projectAnswer = z.object({
  id: z.string(),
  name: z.string(),
  autoAssignCustomDomains: z.boolean().nullish(),
  env: z.array(z.object({ id: z.string().nullish(), key: z.string(), comment: z.string().nullish() })).nullish(),
  targets: z
    .object({
      production: z
        .object({
          id: z.string(),
          readyState: readyState.nullish(),
          readySubstate,
          alias: z.array(z.string()).nullish(),
        })
        .nullish(),
    })
    .nullish(),
  latestDeployments: z
    .array(
      z.object({
        id: z.string(),
        readyState: readyState.nullish(),
        meta: z.record(z.string(), z.string()).nullish(),
      }),
    )
    .nullish(),
  lastAliasRequest: z.object({ jobStatus: z.string(), toDeploymentId: z.string() }).nullish(),
})
export type VercelProject = z.infer<typeof projectAnswer>

export const envAnswer = z.object({
  failed: z.array(z.object({ error: z.object({ code: z.string(), message: z.string(), key: z.string().nullish() }) })),
})

export const eventsAnswer = z.array(
  z.object({ text: z.string().nullish(), payload: z.object({ text: z.string().nullish() }).nullish() }),
)

export const errorAnswer = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    limit: z.object({ resetMs: z.number().nullish(), reset: z.number().nullish() }).nullish(),
  }),
})
