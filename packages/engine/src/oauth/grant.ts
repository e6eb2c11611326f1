import { createHash } from 'node:crypto'
import { readInputs, type OAuthSpec } from '@opsai/oauth'
import type { JsonObject } from '../secrets/schema.js'
import { serverMask, valueAt, type OAuthApp } from './oauth-apps.js'

/** What a configuration holds of a sign-in. */
export interface Grant {
  /** Tells this sign-in from the next one, without telling its token. */
  signIn: string
  clientId: string
  clientSecret: string
  refreshToken?: string
  /** Of a sign-in that gives one for good. */
  accessToken?: string
  inputs: Record<string, string>
  /** The configuration's field that another sign-in would fill. */
  field: string[]
}

/** @param app Whose values count where the configuration has six stars, or no place, for them. */
export function readGrant(spec: OAuthSpec, configuration: JsonObject, app?: OAuthApp): Grant {
  const at = (fields: readonly { name: string; path?: readonly string[] }[], name: string) => {
    const path = fields.find((field) => field.name === name)?.path
    const value = path && valueAt(configuration, path)
    return { path, ...(typeof value === 'string' && value !== '' && value !== serverMask && { value }) }
  }
  const clientId = at(spec.serverOutputs, 'client_id').value ?? app?.clientId ?? ''
  const clientSecret = at(spec.serverOutputs, 'client_secret').value ?? app?.clientSecret ?? ''
  const refresh = at(spec.outputs, 'refresh_token')
  const access = at(spec.outputs, 'access_token')
  const token = refresh.value ?? access.value ?? ''
  return {
    signIn: createHash('sha256')
      .update(JSON.stringify([clientId, clientSecret, token]))
      .digest('base64url'),
    clientId,
    clientSecret,
    ...(refresh.value !== undefined && { refreshToken: refresh.value }),
    ...(refresh.value === undefined && access.value !== undefined && { accessToken: access.value }),
    inputs: readInputs(spec, configuration),
    field: [...(refresh.path ?? access.path ?? [])],
  }
}
