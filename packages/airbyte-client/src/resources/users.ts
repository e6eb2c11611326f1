import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { User, pageOf } from '../schemas.js'
import { toSearch } from '../search.js'

/** Users of an organization. Public API. */
export function createUsers(request: Requester) {
  const api = publicApi(request)
  return {
    /** All of them, or those with these ids or addresses. */
    list: async (
      users: { organizationId: string; ids?: string[]; emails?: string[] },
      options: CallOptions = {},
    ): Promise<User[]> => {
      const page = await api.get('users', pageOf(User), options, toSearch({ ...users }))
      return page.data
    },
  }
}
