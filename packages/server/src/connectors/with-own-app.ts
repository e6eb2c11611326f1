import type { SourceSpec } from '@opsai/airbyte-client'
import type { OAuthApps } from '../config/oauth-app.js'
import type { Log } from '../log.js'
import { findOwnApp, withPlaces } from '../oauth/ways/find-own-app.js'

interface About {
  workspaceId: string
  definitionId: string
  /** Default: what the definition is on offer as. */
  sourceType?: string
}

interface Known {
  isCustom(workspaceId: string, definitionId: string): Promise<boolean>
  sourceTypeOf(workspaceId: string, definitionId: string): Promise<string | undefined>
}

/**
 * Specs as they are on offer: where the operator has an OAuth app of their own that can be used, nobody is asked for one,
 * whatever Airbyte has. One that can't be used is told in the log, once.
 */
export function createWithOwnApp(apps: OAuthApps, { isCustom, sourceTypeOf }: Known, log: Log) {
  const told = new Set<string>()
  const tell = (sourceType: string, facts: { why: string; remedy: string }) => {
    if (!told.has(sourceType)) log.error('an OAuth app can not be used', { sourceType, ...facts })
    told.add(sourceType)
  }
  return async (spec: SourceSpec, { workspaceId, definitionId, ...about }: About): Promise<SourceSpec> => {
    if (Object.keys(apps).length === 0) return spec
    const sourceType = about.sourceType ?? (await sourceTypeOf(workspaceId, definitionId))
    const app = sourceType !== undefined && Object.hasOwn(apps, sourceType) ? apps[sourceType] : undefined
    if (!app || sourceType === undefined) return spec
    const { advancedAuth } = spec
    const found = findOwnApp(apps, { sourceType, isCustom: await isCustom(workspaceId, definitionId), advancedAuth })
    if (found.kind === 'unusable') tell(sourceType, { why: found.why, remedy: found.remedy })
    if (found.kind !== 'usable') return spec
    const placed = withPlaces(advancedAuth, app.declaration)
    return { ...spec, advancedAuth: placed, advancedAuthGlobalCredentialsAvailable: true }
  }
}
