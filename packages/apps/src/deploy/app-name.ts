import { DeployError } from './deployer.js'

/** A name becomes part of paths and addresses: anything else stops here. */
export function requireAppName(name: string): string {
  if (/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/.test(name)) return name
  throw new DeployError(
    'preparing',
    `${JSON.stringify(name.slice(0, 60))} can't be the name of an app.`,
    'Use 1 to 40 of a-z, 0-9 and "-", with no "-" at either end.',
    false,
  )
}
