import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Organization, pageOf } from '../schemas.js'
import type { OAuthCredentials } from './workspaces.js'

/** Organizations of the token's user. Public API. */
export function createOrganizations(request: Requester) {
  const api = publicApi(request)
  return {
    list: async (options: CallOptions = {}): Promise<Organization[]> => {
      const page = await api.get('organizations', pageOf(Organization), options)
      return page.data
    },

    /** Signs all users of the organization in through your own OAuth application. Needs a licence on self-managed. */
    setOAuthCredentials: (
      organizationId: string,
      credentials: OAuthCredentials,
      options: CallOptions = {},
    ): Promise<void> => api.store(at`organizations/${organizationId}/oauthCredentials`, credentials, options),

    deleteOAuthCredentials: (
      organizationId: string,
      { actorType, name }: Pick<OAuthCredentials, 'actorType' | 'name'>,
      options: CallOptions = {},
    ): Promise<void> => api.delete(at`organizations/${organizationId}/oauthCredentials/${actorType}/${name}`, options),
  }
}
