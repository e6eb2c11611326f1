/**
 * Where a path of the proxy is called: `baseUrl` is absolute, or a path on this page's origin.
 *
 * @example
 * toUrl('/api/airbyte', '/sources') // 'https://app.example/api/airbyte/sources'
 */
export const toUrl = (baseUrl: string, path: string): string =>
  new URL(baseUrl.replace(/\/+$/, '') + path, globalThis.location?.href).href
