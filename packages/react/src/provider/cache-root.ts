/** What every cache key of one client begins with; removing it removes all that its session could see. */
export const toCacheRoot = (clientId: string) => ['opsai', clientId] as const
