// The Airbyte itself. Config API.
import { internalApi } from '../internal-api.js'
import type { CallOptions, Requester } from '../request.js'
import { CronDescription, Health, InstanceConfiguration, Updates, WebappConfiguration } from '../schemas.js'

export function createInstance(request: Requester) {
  const api = internalApi(request)
  return {
    /** Edition, version, how one signs in, and the ids of what a fresh one starts with. */
    configuration: (options: CallOptions = {}): Promise<InstanceConfiguration> =>
      api.get('instance_configuration', InstanceConfiguration, options),

    /** What Airbyte's web app is told. */
    webapp: (options: CallOptions = {}): Promise<WebappConfiguration> =>
      api.get('web_backend/config', WebappConfiguration, options),

    /** The Config API's own word on being up; `health` is the public one's. */
    available: async (options: CallOptions = {}): Promise<boolean> => {
      const { available } = await api.get('health', Health, options)
      return available
    },

    /** How many connectors could be newer. */
    updates: (options: CallOptions = {}): Promise<Updates> =>
      api.read('web_backend/check_updates', undefined, Updates, options),

    /** A Quartz cron expression in words, and when it runs next. */
    describeCron: (cronExpression: string, options: CallOptions = {}): Promise<CronDescription> =>
      api.read('web_backend/describe_cron_expression', { cronExpression }, CronDescription, options),
  }
}
