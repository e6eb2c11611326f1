/** What is wrong, as a word to branch on. */
export type OAuthErrorCode =
  /** A template that cannot be read: unbalanced braces, an expression that is none. */
  | 'malformed_template'
  /** A template uses a tag, filter or operator that OAuth specifications have no use for. */
  | 'unsupported_template'
  /** A template names something that is neither a part of the flow nor an input of the connector. */
  | 'unknown_variable'
  /** An input of the connector's configuration that the template needs is missing or empty. */
  | 'missing_input'
  /** A value would lead the request to another place than the specification means. */
  | 'unsafe_value'
  /** The URL is not https, or cannot be read. */
  | 'insecure_url'

/**
 * Why a consent URL or a request cannot be made. `variable` is the name from the template, where one is to blame; a value
 * is never part of the message, as it may be a secret.
 */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'

  constructor(
    readonly code: OAuthErrorCode,
    message: string,
    readonly variable?: string,
  ) {
    super(message)
  }
}
