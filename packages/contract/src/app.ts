// A tenant's own app: generated from what is connected, and deployed.
import * as z from 'zod/mini'
import { TenantId, toName } from './text.js'

/** Where apps run: a process beside the proxy, a container's files, or Vercel. */
export const AppTarget = z.enum(['local', 'docker', 'vercel'])
export type AppTarget = z.infer<typeof AppTarget>

/**
 * How an app stands. `waiting`: it is made, or made anew, in a moment; `failed`: what ran before goes on running, and
 * `error` says why what was to follow does not.
 */
export const AppStatus = z.enum(['waiting', 'generating', 'deploying', 'running', 'failed', 'removing'])
export type AppStatus = z.infer<typeof AppStatus>

/** What is being done, in the order it is done. Not every target has every step. */
export const AppStep = z.enum([
  'generating',
  'preparing',
  'installing',
  'uploading',
  'building',
  'starting',
  'checking',
  'promoting',
])
export type AppStep = z.infer<typeof AppStep>

/** Why an app could not be made, deployed or removed. Never a secret. */
export const AppError = z.object({
  /** The step it failed in. */
  step: AppStep,
  message: z.string(),
  /** What to do about it. */
  remedy: z.string(),
  /** Whether the same again may well work. */
  retryable: z.boolean(),
  /** When it is tried again by itself, ISO 8601. None: when something changes, or when it is asked for. */
  retryAt: z.optional(z.string()),
})
export type AppError = z.infer<typeof AppError>

/** The app of a tenant; a tenant has one. */
export const App = z.object({
  tenantId: z.string(),
  /** What it is called on its pages. Default: the tenant's id. */
  name: z.string(),
  target: AppTarget,
  status: AppStatus,
  /** What is being done, while it is. */
  step: z.optional(AppStep),
  /** The same in a sentence for people. */
  message: z.optional(z.string()),
  /** Where people open what runs now, also while the next one is made or has failed. */
  url: z.optional(z.string()),
  /** What that is called where it runs. */
  deploymentId: z.optional(z.string()),
  error: z.optional(AppError),
  /** Counts what was asked for and what runs: the app is up to date where both are the same. */
  revision: z.object({ wanted: z.int(), deployed: z.int() }),
  /** Connectors whose data the app was made with, by their short names. */
  connectors: z.array(z.string()),
  /** ISO 8601. */
  updatedAt: z.string(),
})
export type App = z.infer<typeof App>

/** Asks for a tenant's app: made where there is none, brought up to date where there is. */
export const CreateAppRequest = z.strictObject({
  tenantId: TenantId,
  /** What it is called on its pages. Default: as before, and the tenant's id at first. */
  name: z.optional(toName(100)),
})
export type CreateAppRequest = z.infer<typeof CreateAppRequest>

export const RemovedApp = z.object({ tenantId: z.string(), status: z.literal('removed') })
export type RemovedApp = z.infer<typeof RemovedApp>
