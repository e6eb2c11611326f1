import type { World } from './world.js'

/** Cloud's addresses, answered by the engine but for the sign-in, which is Airbyte's own there. */
export const asCloud =
  ({ engine }: Pick<World, 'engine'>, consentUrl = 'https://provider.test/consent?state=abcdefg') =>
  async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    const path = url.host === 'api.airbyte.com' ? `/api/public${url.pathname}` : url.pathname
    if (path.endsWith('/sources/initiateOAuth')) return Response.json({ consentUrl })
    const body = request.method === 'POST' ? ((await request.json()) as Record<string, unknown>) : undefined
    if (body?.secretId) {
      const { secretId: _, ...rest } = body
      const credentials = { auth_type: 'api_key', api_key: 'acme_key_test' }
      return await engine.fetch(
        new Request(`http://engine.test${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ ...rest, configuration: { credentials } }),
        }),
      )
    }
    return await engine.fetch(
      new Request(`http://engine.test${path}${url.search}`, {
        method: request.method,
        headers: request.headers,
        ...(body && { body: JSON.stringify(body) }),
      }),
    )
  }
