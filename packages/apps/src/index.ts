export { generateApp, toFlagName } from './generate-app.js'
export type { AppFacts } from './generate-app.js'
export type { ColumnFacts, ColumnType, ConnectionFacts, Files, JsonSchema, StreamFacts } from './facts.js'
export { canChart, checkAdvice, isPlainTitle } from './choose/advice.js'
export type { Advice, Adviser, StreamAdvice } from './choose/advice.js'
export { chooseCharts } from './choose/charts.js'
export type { Chart } from './choose/charts.js'
export { findLinks } from './choose/links.js'
export type { Link, NamedStream } from './choose/links.js'
export { generatedFolder, manifestPath, parseManifest } from './files/manifest.js'
export type { Manifest } from './files/manifest.js'
export { planUpdate } from './files/plan-update.js'
export type { Update } from './files/plan-update.js'
export { gatherConnections } from './gather-connections.js'
export type { ConnectionsToAsk, GatheredConnections } from './gather-connections.js'
export type { DescribedSource, ListedConnection } from './to-syncing.js'
export { matchStreams } from './match-streams.js'
export type { SyncedStream, SyncingConnection, TableFacts } from './match-streams.js'
export { DeployError, deploySteps } from './deploy/deployer.js'
export type {
  AppToDeploy,
  Deployed,
  DeployedState,
  Deployer,
  DeployOptions,
  DeployProgress,
  DeployStep,
} from './deploy/deployer.js'
