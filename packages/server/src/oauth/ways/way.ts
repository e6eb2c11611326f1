import type { SourceSpec } from '@opsai/airbyte-client'
import type { Services } from '../../services.js'
import type { FlowEnd, FlowRow } from '../../store/flows.js'

/** What both steps of a sign-in know. */
export interface SignIn {
  flow: FlowRow
  workspaceId: string
  /** Of the version that the tokens are for. */
  spec: SourceSpec
  /** What is known of the source beside the tokens. */
  configuration: Record<string, unknown>
}

/** The browser can be sent to the provider. */
export interface Begun {
  /** Checked: a page a browser may be sent to. */
  consentUrl: URL
  redirectUrl: string
  /** What the browser brings back, for us to find the flow by. */
  state: string
  /** Airbyte's own, which ours took the place of. */
  airbyteState?: string
  /** PKCE's, where this proxy is the client (RFC 7636). */
  codeVerifier?: string
}

/** What came back is to be kept, sealed, until its owner confirms it; or the flow has ended. */
export type Completed = { secret: string } | FlowEnd

/** How a sign-in reaches its provider: who is the OAuth client, and where the browser comes back. */
export interface Way {
  /**
   * Which of our two callbacks is this way's (decision 2): by the state in its path, or one exact URL a connector. A
   * browser that comes back on the other one ends the flow.
   */
  readonly comesBackBy: 'state' | 'connector'

  /**
   * Asks where the browser has to go.
   *
   * @param toUrl our own address of a path, as browsers know it
   * @throws what the user is told on the start page, where they can try again
   */
  begin(services: Services, signIn: SignIn, toUrl: (path: string) => string, signal: AbortSignal): Promise<Begun>

  /**
   * Trades what came back, once.
   *
   * @throws AirbyteError and others where something of ours, not the provider, failed
   */
  complete(services: Services, signIn: SignIn, parameters: URLSearchParams): Promise<Completed>
}
