import type { ConnectorSpec } from '../../connector/connector.js'
import type { JsonSchema } from '../../protocol/messages.js'
import { toAdvancedAuth } from './advanced-auth.js'

const secret = (title: string, description: string, order: number): JsonSchema => ({
  title,
  description,
  type: 'string',
  minLength: 1,
  airbyte_secret: true,
  order,
})

const credentials: JsonSchema = {
  title: 'How to connect',
  type: 'object',
  order: 0,
  display_type: 'radio',
  oneOf: [
    {
      title: 'Sign in with Acme CRM',
      description: 'Nothing has to be copied.',
      type: 'object',
      required: ['auth_type', 'client_id', 'client_secret', 'refresh_token'],
      properties: {
        auth_type: { type: 'string', const: 'oauth2.0', default: 'oauth2.0', order: 0 },
        client_id: {
          title: 'Client ID',
          description: 'Of your app at Acme CRM.',
          type: 'string',
          minLength: 1,
          order: 1,
        },
        client_secret: secret('Client secret', 'Of your app at Acme CRM.', 2),
        refresh_token: secret('Refresh token', 'Given by signing in.', 3),
      },
    },
    {
      title: 'API key',
      description: 'For whoever may not sign in from here.',
      type: 'object',
      required: ['auth_type', 'api_key'],
      properties: {
        auth_type: { type: 'string', const: 'api_key', default: 'api_key', order: 0 },
        api_key: { ...secret('API key', 'In Acme CRM under Settings → API keys.', 1), examples: ['acme_key_…'] },
      },
    },
  ],
}

/** The spec, for an Acme CRM at this address. */
export function toAcmeCrmSpec(baseUrl: string): ConnectorSpec {
  return {
    connectionSpecification: {
      $schema: 'http://json-schema.org/draft-07/schema#',
      title: 'Acme CRM',
      type: 'object',
      required: ['credentials'],
      properties: {
        credentials,
        start_date: {
          title: 'Start date',
          description:
            'Records that have not changed since are left out of incremental syncs. All are read when empty.',
          type: 'string',
          format: 'date-time',
          pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,3})?Z$',
          pattern_descriptor: 'YYYY-MM-DDTHH:mm:ssZ',
          examples: ['2025-01-01T00:00:00Z'],
          order: 1,
        },
        base_url: {
          title: 'Address',
          description: 'Where Acme CRM answers.',
          type: 'string',
          format: 'uri',
          default: baseUrl,
          airbyte_hidden: true,
          order: 2,
        },
      },
    },
    advanced_auth: toAdvancedAuth(baseUrl),
  }
}
