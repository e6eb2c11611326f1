// Everything of `@opsai/server` that is public.
export { createServer, type Server } from './create-server.js'
export type { ServerOptions, WebhookOptions } from './options.js'
export { writeEnv } from './env/write-env.js'
export { recommendConnectors } from './recommend/recommend-connectors.js'
