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
export { hashApp } from './hash-app.js'
export { createLocalDeployer } from './local/create-local-deployer.js'
export type { LocalDeployer, LocalDeployerOptions } from './local/create-local-deployer.js'
export { createVercelDeployer } from './vercel/create-vercel-deployer.js'
export type { VercelDeployerOptions } from './vercel/settings.js'
export { createDockerDeployer } from './docker/create-docker-deployer.js'
export type { DockerDeployerOptions } from './docker/create-docker-deployer.js'
