import { join } from 'node:path'
import { createDockerDeployer, createLocalDeployer, createVercelDeployer, type Deployer } from '@opsai/apps/deploy'
import type { AppsOptions } from '../apps/apps-options.js'
import type { Environment } from './environment-keys.js'

/** Apps keep clear of the ports of `opsai dev`. */
const PORTS_BETWEEN = 10

/** Whether and where tenants' apps are made, as these settings say. */
export function toApps(settings: Environment): AppsOptions | undefined {
  const deployer = toDeployer(settings)
  return deployer && { directory: join(settings.OPSAI_APPS_DIR, 'source'), deployer }
}

function toDeployer(settings: Environment): Deployer | undefined {
  const { OPSAI_APPS_TARGET: target, VERCEL_API_TOKEN: token, VERCEL_TEAM_ID: teamId } = settings
  if (target === 'vercel' && token) return createVercelDeployer({ token, ...(teamId && { teamId }) })
  if (target === 'docker') return createDockerDeployer({ directory: join(settings.OPSAI_APPS_DIR, 'docker') })
  if (target !== 'local') return undefined
  const portFrom = settings.OPSAI_APPS_PORT ?? settings.PORT + PORTS_BETWEEN
  return createLocalDeployer({ directory: join(settings.OPSAI_APPS_DIR, 'local'), portFrom })
}
