// Everything of `@opsai/server/environment`: the settings of a deployment, read, checked and described in one place.
export { describeKey, type KeyDescription } from './describe-key.js'
export { writeEnvExample } from './env-example.js'
export { EnvironmentError, type EnvironmentProblem } from './environment-error.js'
export { type Environment, type EnvironmentKey, environmentKeys } from './environment-keys.js'
export { type InspectedApp, inspectOAuthApps, inspectWithoutAirbyte } from './inspect-oauth-apps.js'
export { isLoopbackHost } from './is-loopback-host.js'
export {
  type EnvironmentWith,
  parseEnvironment,
  readKey,
  type ServerEnvironment,
  serverKeys,
} from './parse-environment.js'
export { toAirbyteAuth, toOAuthApps, toServerOptions } from './to-server-options.js'
export { environmentWarnings, findUnknownKeys, type UnknownKey } from './unknown-keys.js'
export {
  type DatabaseFacts,
  type PostgresFacts,
  readDatabaseFacts,
  readWarehouseFacts,
  type WarehouseFacts,
} from './read-deployment.js'
export type { IsolationFault } from '../warehouse/lint.js'
