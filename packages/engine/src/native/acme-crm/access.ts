// The token each request carries: an API key as it is, or the sign-in's, which the engine keeps fresh.
import type { ConnectorContext } from '../../connector/connector.js'
import type { AcmeCrmConfig } from './config.js'

export interface Access {
  /** The token to use now. */
  token(): Promise<string>
  /** This token was refused. Answers whether asking for another can help. */
  refused(token: string): Promise<boolean>
  /** Where the secret is in the configuration. */
  field: string[]
}

/** Access for the length of one run. */
export function createAccess({ credentials }: AcmeCrmConfig, { tokens }: ConnectorContext): Access {
  if (credentials.auth_type === 'api_key') {
    const { api_key: key } = credentials
    return { token: async () => key, refused: async () => false, field: ['credentials', 'api_key'] }
  }
  if (!tokens) throw new Error('The sign-in of Acme CRM is renewed by the engine, and there is no engine.')
  return {
    token: () => tokens.get(),
    async refused(token) {
      await tokens.refuse(token)
      return true
    },
    field: ['credentials', 'refresh_token'],
  }
}
