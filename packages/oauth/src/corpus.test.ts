// Every declarative specification in Airbyte's registries and manifests, against what its own template says. The
// expectation is made by replacing text, with nothing of this package; what is compared is what came over the wire.
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toConsentUrl } from './consent-url.js'
import { isObject } from './is-object.js'
import { parseOAuthSpec } from './parse-oauth-spec.js'
import { sendTokenRequest } from './send-token-request.js'
import { countInCorpus, readCorpus, type CorpusEntry } from './test/read-corpus.js'
import { startRecordingProvider } from './test/recording-provider.js'
import { toTokenRequest } from './token-request.js'

const inputs = {
  subdomain: 'acme-1',
  tenant_id: '8b1b3ab0-0000-4000-8000-000000000000',
  scopes: 'Files.Read.All offline_access',
}
const flow = {
  clientId: 'client-1.apps.example',
  clientSecret: 'GOCSPX-s3cret_~x',
  code: '4/0Adeu5BWx-_y.z',
  redirectUrl: 'https://hub.example:8443/api/oauth/callback',
  state: 'kT3sVJ-0h9_mQd2Zc8wYbRfLxN5uGaE1PpOi7Xv4tHs',
}

const key = 'oauth_connector_input_specification'
const declared = readCorpus().flatMap(({ type, from, advancedAuth }) => {
  const written = specificationOf(advancedAuth)
  return written ? [{ type, from, advancedAuth, written }] : []
})
const connectors = new Set(declared.map(({ type }) => type))

type Written = Record<string, unknown> & { consent_url: string; access_token_url: string }

function specificationOf(advancedAuth: CorpusEntry['advancedAuth']): Written | undefined {
  const config = isObject(advancedAuth) ? advancedAuth.oauth_config_specification : undefined
  const written = isObject(config) ? config[key] : undefined
  return isObject(written) ? (written as Written) : undefined
}

const encoded = (text: string) =>
  encodeURIComponent(text)
    .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')

/** Fills a template by hand. */
function fill(template: string, written: Written): string {
  const scopes = (written.scopes as { scope: string }[] | undefined)?.map(({ scope }) => scope).join(' ')
  const scope = scopes ?? (written.scope as string | undefined) ?? ''
  const values: Record<string, string> = {
    ...inputs,
    client_id_key: 'client_id',
    redirect_uri_key: 'redirect_uri',
    scope_key: 'scope',
    state_key: 'state',
    client_id_value: flow.clientId,
    client_secret_value: flow.clientSecret,
    auth_code_value: flow.code,
    redirect_uri_value: flow.redirectUrl,
    state_value: flow.state,
    state: flow.state,
    scope_value: scope,
    optional_scope: String(written.optional_scope),
    client_id_param: `client_id=${flow.clientId}`,
    client_secret_param: `client_secret=${flow.clientSecret}`,
    auth_code_param: `code=${flow.code}`,
    state_param: `state=${flow.state}`,
    redirect_uri_param: `redirect_uri=${encoded(flow.redirectUrl)}`,
    scope_param: `scope=${encoded(scope)}`,
    scopes_param: `scope=${encoded(scope)}`,
  }
  return Object.entries(values)
    .reduce(
      (text, [name, value]) =>
        text
          .replace(new RegExp(`\\{\\{ *${name} *\\}\\}`, 'g'), () => value)
          .replace(new RegExp(`\\{\\{ *${name} *\\| *urlencode *\\}\\}`, 'gi'), () => encoded(value)),
      template,
    )
    .replace('{{ state_value | codechallengeS256 }}', createHash('sha256').update(flow.state).digest('base64url'))
    .replace(
      "{{ (client_id_value ~ ':' ~ client_secret_value) | b64encode }}",
      btoa(`${flow.clientId}:${flow.clientSecret}`),
    )
}

const fillAll = (texts: unknown, written: Written): [string, string][] =>
  isObject(texts) ? Object.entries(texts).map(([name, value]) => [name, fill(String(value), written)]) : []

const pathOf = (url: string) => url.replace(/^https:\/\/[^/]+/, '')

describe.skipIf(declared.length === 0)(
  `the ${connectors.size} connectors that declare their sign-in, in ${declared.length} versions`,
  () => {
    const table: Record<string, string>[] = []
    let provider: Awaited<ReturnType<typeof startRecordingProvider>>
    beforeAll(async () => {
      provider = await startRecordingProvider()
    })
    afterAll(async () => {
      await provider.stop()
      console.table(table)
      console.log(`${connectors.size} connectors, ${declared.length} declarations, byte for byte`)
    })

    it('are all there are in the corpus', () => {
      expect(countInCorpus(key)).toBe(declared.length)
    })

    it.each(declared)('$type of the $from', async ({ type, from, advancedAuth, written }) => {
      const row = { connector: type, from, 'consent URL': 'differs', 'token request': 'differs' }
      table.push(row)
      const spec = parseOAuthSpec(advancedAuth)
      if (spec.kind === 'unsupported') return expect.unreachable(spec.message)

      const consentUrl = toConsentUrl(spec, { ...flow, inputs })
      expect(consentUrl).toBe(fill(written.consent_url, written))
      expect(consentUrl).not.toContain('{')
      provider.requests.length = 0
      await provider.fetch(consentUrl)
      expect(provider.requests.map(({ target }) => target)).toEqual([pathOf(fill(written.consent_url, written))])
      row['consent URL'] = 'equal'

      provider.requests.length = 0
      await sendTokenRequest(toTokenRequest(spec, { ...flow, inputs }), { fetch: provider.fetch })
      const url = fill(written.access_token_url, written)
      const headers = fillAll(written.access_token_headers, written)
      const body = fillAll(written.access_token_params, written)
        .map(([name, value]) => `${name}=${encoded(value)}`)
        .join('&')
      expect(provider.requests).toEqual([
        {
          method: 'POST',
          target: pathOf(url),
          headers: expect.objectContaining(
            Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
          ),
          body,
        },
      ])
      expect(provider.requests[0]?.headers).toMatchObject({
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      })
      expect(toTokenRequest(spec, { ...flow, inputs }).url).toBe(url)
      row['token request'] = 'equal'
    })
  },
)
