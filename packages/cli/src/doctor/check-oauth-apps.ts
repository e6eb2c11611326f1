import type { AirbyteClient } from '@opsai/airbyte-client'
import {
  type Environment,
  type InspectedApp,
  inspectOAuthApps,
  inspectWithoutAirbyte,
  toOAuthApps,
} from '@opsai/server/environment'
import { failed, type Finding, ok, warning } from './finding.js'

/** Whether users can sign in with each OAuth app of the operator's own, and which URL its provider must know. */
export async function checkOAuthApps(settings: Environment, airbyte: AirbyteClient | undefined): Promise<Finding[]> {
  const apps = toOAuthApps(settings)
  if (Object.keys(apps).length === 0) return []
  const workspaceId = airbyte && (await findWorkspace(airbyte))
  const inspected =
    airbyte && workspaceId
      ? await inspectOAuthApps(airbyte, workspaceId, apps).catch(() => inspectWithoutAirbyte(apps))
      : inspectWithoutAirbyte(apps)
  return inspected.map((app) => toFinding(app, settings))
}

/** Any one: connectors are the same in all, but for custom ones. */
async function findWorkspace(airbyte: AirbyteClient): Promise<string | undefined> {
  try {
    for await (const { workspaceId } of airbyte.workspaces.iterate({ workspaceIds: 'all' })) return workspaceId
  } catch {
    return undefined
  }
  return undefined
}

function toFinding({ sourceType, status, why, remedy }: InspectedApp, settings: Environment): Finding {
  const { OPSAI_PUBLIC_URL: publicUrl = '(where browsers reach it)', OPSAI_BASE_PATH: basePath } = settings
  const redirectUrl = `${publicUrl}${basePath}/oauth/callback/app/${sourceType}`
  switch (status) {
    case 'usable':
      return ok('oauth apps', `${sourceType}: usable, if its provider knows the redirect URL ${redirectUrl}`)
    case 'unsure':
      return warning('oauth apps', `${sourceType}: ${why}`, remedy)
    case 'unusable':
      return failed('oauth apps', `${sourceType}: ${why}`, remedy)
  }
}
