// Airbyte Embedded: tokens for its hosted widget, which needs a licence of Airbyte's. Its templates (`config_templates`,
// `partial_user_configs`) are gone from the platform, so there is nothing of them here. Public API.
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { EmbeddedOrganizations, EmbeddedToken, type EmbeddedOrganization } from '../schemas.js'

export function createEmbedded(request: Requester) {
  const api = publicApi(request)
  return {
    /** A token for the widget, which works only on `allowedOrigin`. Makes a workspace named `externalUserId` if there is none. */
    widgetToken: async (
      widget: { organizationId: string; allowedOrigin: string; externalUserId: string },
      options: CallOptions = {},
    ): Promise<string> => {
      const { token } = await api.post('embedded/widget_token', widget, EmbeddedToken, options)
      return token
    },

    /** A token that reaches one workspace, for 20 minutes. */
    scopedToken: async ({ workspaceId }: { workspaceId: string }, options: CallOptions = {}): Promise<string> => {
      const { token } = await api.post('embedded/scoped_token', { workspaceId }, EmbeddedToken, options)
      return token
    },

    /** Organizations of the user that may use it. */
    listOrganizations: async (options: CallOptions = {}): Promise<EmbeddedOrganization[]> => {
      const { organizations } = await api.get('embedded/organizations', EmbeddedOrganizations, options)
      return organizations
    },
  }
}
