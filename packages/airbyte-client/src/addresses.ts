// Where Airbyte's two APIs live below one address that an operator writes down. Source: Airbyte's OpenAPI servers,
// PyAirbyte's `get_config_api_root`.

/** Roots of the public API and of the Config API, without a slash at the end. */
export type AirbyteAddresses = { public: string; config: string }

const cloud: AirbyteAddresses = {
  public: 'https://api.airbyte.com/v1',
  config: 'https://cloud.airbyte.com/api/v1',
}

/** `https://airbyte.acme.com`, with or without the path of either API behind it → both roots. */
export function toAddresses(baseUrl: string): AirbyteAddresses {
  const url = new URL(baseUrl)
  if (url.hostname === 'api.airbyte.com' || url.hostname === 'cloud.airbyte.com') return cloud
  const root = (url.origin + url.pathname).replace(/\/+$/, '').replace(/\/api(\/public)?(\/v1)?$/, '')
  return { public: `${root}/api/public/v1`, config: `${root}/api/v1` }
}
