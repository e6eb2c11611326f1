// Where Airbyte's two APIs live below one address that an operator writes down. Source: Airbyte's OpenAPI servers,
// PyAirbyte's `get_config_api_root`.

/** Roots of the public API and of the Config API, without a slash at the end. */
export type AirbyteAddresses = { public: string; config: string }

const cloud: AirbyteAddresses = {
  public: 'https://api.airbyte.com/v1',
  config: 'https://cloud.airbyte.com/api/v1',
}

/**
 * `https://airbyte.acme.com`, with or without the path of either API behind it → both roots.
 *
 * @throws TypeError where that is no address; nothing of it is said, for it may hold a password
 */
export function toAddresses(baseUrl: string): AirbyteAddresses {
  const url = parse(baseUrl)
  if (isCloudHost(url)) return cloud
  const path = url.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '')
  const root = url.origin + path.replace(/\/api(\/public)?(\/v1)?$/, '')
  return { public: `${root}/api/public/v1`, config: `${root}/api/v1` }
}

/** Whether `baseUrl` is Airbyte Cloud, by either of its hosts. */
export const isCloud = (baseUrl: string): boolean => isCloudHost(parse(baseUrl))

const isCloudHost = ({ hostname }: URL) => hostname === 'api.airbyte.com' || hostname === 'cloud.airbyte.com'

function parse(baseUrl: string): URL {
  const url = URL.canParse(baseUrl.trim()) ? new URL(baseUrl.trim()) : undefined
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password) return url
  const form = 'baseUrl must look like https://airbyte.example.com'
  throw new TypeError(url?.username || url?.password ? `${form}: credentials go into auth.` : `${form}.`)
}
