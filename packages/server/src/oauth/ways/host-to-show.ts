// Whether a browser is sent on without a word (security.md §2 row 26). Pure.
import type { SourceSpec } from '@opsai/airbyte-client'
import { findOAuthSpec, OAuthError, readInputs, toConsentUrl } from '@opsai/oauth'
import type { FlowRow } from '../../store/flows.js'

export interface Destination {
  consentUrl: URL
  way: FlowRow['way']
  sourceType: string
  /** Whether the workspace made the connector itself, which may then lead anywhere. */
  isCustom: boolean
  spec: Pick<SourceSpec, 'advancedAuth'>
  configuration: Record<string, unknown>
}

/**
 * The host to show before the browser goes there: where anybody may have chosen it, and where it is not the one that the
 * connector's declaration or our table of providers names. In ASCII, so that no letter passes for another.
 */
export function toHostToShow({ consentUrl, isCustom, ...about }: Destination): string | undefined {
  if (isCustom) return consentUrl.host
  // Made here from the declaration itself, which no custom connector's is.
  if (about.way === 'own_app') return undefined
  const named = findNamedHost(about)
  return named === undefined || named === consentUrl.host ? undefined : consentUrl.host
}

/** Nothing where nobody says; '' where it can't be told from what is filled in. */
function findNamedHost({ sourceType, spec, configuration }: Omit<Destination, 'consentUrl' | 'isCustom'>) {
  const declared = findOAuthSpec(`source-${sourceType}`, spec.advancedAuth, { allowHttpLoopback: true })
  if (declared.kind === 'unsupported') return undefined
  const nobody = { clientId: 'x', redirectUrl: 'https://x.invalid/', state: 'x' }
  try {
    return new URL(toConsentUrl(declared, { ...nobody, inputs: readInputs(declared, configuration) })).host
  } catch (error) {
    if (error instanceof OAuthError) return ''
    throw error
  }
}
