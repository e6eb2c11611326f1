// Airbyte Cloud as its documents have it, made of the engine: `initiateOAuth`, its own callback that stores the tokens and
// sends `secret_id`, `state`, `workspace_id` and `definition_id` on, and everything else under Cloud's two addresses.
import type { Engine } from '@opsai/engine'
import type { AnswerChecker } from '../../.ci/openapi/answer-checker.js'

const callback = 'https://api.airbyte.com/v1/oauth/callback'

export interface CloudAirbyte {
  /** For `createServer({ airbyte })`. */
  airbyte: { baseUrl: string; fetch(request: Request): Promise<Response> }
  /** The provider has sent the browser to Airbyte's callback: where Airbyte sends it on. */
  callback(url: URL): Promise<URL>
}

export const cloudCallback = callback

interface Begun {
  workspaceId: string
  definitionId: string
  redirectUrl: string
}

export function createCloudAirbyte(engine: Engine, checker: AnswerChecker): CloudAirbyte {
  const begun = new Map<string, Begun>()

  const ask = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const request = new Request(`http://engine.test/api/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await (await engine.fetch(request)).json()) as Record<string, unknown>
  }

  const findDefinition = async (workspaceId: string, sourceType: string): Promise<string | undefined> => {
    const { sourceDefinitions } = await ask('source_definitions/list_for_workspace', { workspaceId })
    const found = (sourceDefinitions as { sourceDefinitionId: string; name: string }[]).find(
      ({ name }) => name.toLowerCase().replaceAll(' ', '-') === sourceType,
    )
    return found?.sourceDefinitionId
  }

  async function initiateOAuth(request: Request): Promise<Response> {
    const { workspaceId, redirectUrl, sourceType } = (await request.json()) as Record<string, string>
    if (!workspaceId || !redirectUrl?.startsWith('https://') || !sourceType) return toProblem()
    const definitionId = await findDefinition(workspaceId, sourceType)
    if (!definitionId) return toProblem()
    const { consentUrl } = await ask('source_oauths/get_consent_url', {
      sourceDefinitionId: definitionId,
      workspaceId,
      redirectUrl: callback,
    })
    begun.set(new URL(String(consentUrl)).searchParams.get('state') ?? '', { workspaceId, definitionId, redirectUrl })
    return Response.json({ consentUrl })
  }

  const fetch = async (request: Request): Promise<Response> => {
    const { hostname, pathname, search } = new URL(request.url)
    const own = hostname === 'api.airbyte.com' ? `/api/public${pathname}` : pathname
    const asked = new Request(`http://engine.test${own}${search}`, request)
    const answer = pathname === '/v1/sources/initiateOAuth' ? await initiateOAuth(asked) : await engine.fetch(asked)
    await checker.check(asked, answer)
    return answer
  }

  return {
    airbyte: { baseUrl: 'https://api.airbyte.com', fetch },
    callback: async ({ searchParams }) => {
      const flow = begun.get(searchParams.get('state') ?? '')
      if (!flow) throw new Error('Airbyte does not know this state')
      const { auth_payload: payload } = await ask('source_oauths/complete_oauth', {
        sourceDefinitionId: flow.definitionId,
        workspaceId: flow.workspaceId,
        redirectUrl: callback,
        queryParams: Object.fromEntries(searchParams),
        returnSecretCoordinate: true,
      })
      const url = new URL(flow.redirectUrl)
      url.searchParams.set('secret_id', String((payload as { secretId?: string }).secretId))
      url.searchParams.set('state', searchParams.get('state') ?? '')
      url.searchParams.set('workspace_id', flow.workspaceId)
      url.searchParams.set('definition_id', flow.definitionId)
      return url
    },
  }
}

const toProblem = () =>
  Response.json(
    {
      status: 422,
      type: 'https://reference.airbyte.com/reference/errors#unprocessable-entity',
      title: 'unprocessable-entity',
      detail: 'The body of the request was not understood',
    },
    { status: 422 },
  )
