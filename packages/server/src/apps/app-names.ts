/** What a tenant's app is called where it runs: opaque, as the tenant's schema is. `t_abc…` → `app-abc…`. */
export const toAppName = (slug: string): string => `app-${slug.replace(/^t_/, '')}`
