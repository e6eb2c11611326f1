import { at } from '../path.js'
import { publicApi } from '../public-api.js'
import type { CallOptions, Requester } from '../request.js'
import { Application, Applications } from '../schemas.js'

/** Applications of the token's user. Every answer holds client secrets: never hand one on. Public API. */
export function createApplications(request: Requester) {
  const api = publicApi(request)
  return {
    /** A new id and secret; its tokens are the user who makes it. */
    create: (application: { name: string }, options: CallOptions = {}): Promise<Application> =>
      api.post('applications', application, Application, options),

    get: (applicationId: string, options: CallOptions = {}): Promise<Application> =>
      api.get(at`applications/${applicationId}`, Application, options),

    list: async (options: CallOptions = {}): Promise<Application[]> => {
      const { applications } = await api.get('applications', Applications, options)
      return applications
    },

    /** Answers what was deleted. */
    delete: (applicationId: string, options: CallOptions = {}): Promise<Application> =>
      api.take(at`applications/${applicationId}`, Application, options),
  }
}
