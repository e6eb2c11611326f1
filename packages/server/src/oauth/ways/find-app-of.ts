import type { SourceSpec } from '@opsai/airbyte-client'
import type { Services } from '../../services.js'
import type { FlowRow } from '../../store/flows.js'
import { findOwnApp, type OwnApp } from './find-own-app.js'
import { specOfFlow } from './open-sign-in.js'

type Reach = Pick<Services, 'settings' | 'connectors'>
type About = Pick<FlowRow, 'definition_id' | 'source_type' | 'for_source_id'>

/** The operator's own app for a sign-in, where there is one that can be used. */
export async function findAppOf(
  { settings, connectors }: Reach,
  workspaceId: string,
  { definition_id: definitionId, source_type: sourceType }: About,
  readSpec: () => Promise<SourceSpec> | SourceSpec,
): Promise<OwnApp | undefined> {
  const { oauthApps } = settings
  if (!Object.hasOwn(oauthApps, sourceType)) return undefined
  const isCustom = await connectors.isCustom(workspaceId, definitionId)
  const found = findOwnApp(oauthApps, { sourceType, isCustom, advancedAuth: (await readSpec()).advancedAuth })
  return found.kind === 'usable' ? found : undefined
}

/** Who is to talk to the provider in a sign-in that begins: this proxy wherever the operator gave it an app. */
export async function chooseWay(services: Reach, workspaceId: string, flow: About): Promise<FlowRow['way']> {
  const app = await findAppOf(services, workspaceId, flow, () => specOfFlow(services, workspaceId, flow))
  return app ? 'own_app' : 'airbyte'
}
