// Everything of `@opsai/server` that is public.
export { createServer, type Server } from './create-server.js'
export type { AppsOptions } from './apps/apps-options.js'
export type { ServerOptions, WebhookOptions } from './options.js'
export { type EnvFormat, EnvValueError, writeEnv, type WriteEnvOptions } from './env/write-env.js'
export { secretTenantKeys, type TenantEnv, TenantEnvKeys } from './env/tenant-env-keys.js'
export { toEnabledName } from './env/tenant-env.js'
export { recommendConnectors } from './recommend/recommend-connectors.js'
