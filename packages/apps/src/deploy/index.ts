export { DeployError, deploySteps } from './deployer.js'
export type {
  AppToDeploy,
  Deployed,
  DeployedState,
  Deployer,
  DeployOptions,
  DeployProgress,
  DeployStep,
} from './deployer.js'
export { createLocalDeployer } from './local/create-local-deployer.js'
export type { LocalDeployer, LocalDeployerOptions } from './local/create-local-deployer.js'
