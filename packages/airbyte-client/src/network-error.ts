// What a `fetch` that failed means. Runtimes say it differently, and hosts hand in fetches of their own.
import { AirbyteError } from './airbyte-error.js'
import { toPlainWords } from './plain-words.js'
import type { Scrub } from './scrub-secrets.js'

/** Nobody took the call: Node's and Bun's codes. */
const refused =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ConnectionRefused|FailedToOpenSocket)$/
/** The other side is not who it should be: no repeat mends that. */
const untrusted = /^(CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_SSL_)/
/** It was sent compressed, and is not what the compression says. */
const garbled = /^(Z_|ERR_ZLIB|ERR__ERROR_FORMAT|ZlibError|BrotliDecompressionError)/

/** The error of a call whose answer did not come, or broke off. The thrown one is dropped: it may hold the request. */
export function toNetworkError(thrown: unknown, call: string, scrub: Scrub): AirbyteError {
  const codes = codesOf(thrown)
  const reason = toPlainWords(scrub.text(reasonOf(thrown)))?.slice(0, 200) ?? 'no reason given'
  const cause = new Error(reason)
  if (codes.some((code) => garbled.test(code))) {
    const message = `Airbyte's answer to ${call} can't be unpacked: ${reason}`
    return new AirbyteError(message, { code: 'invalid_answer', retryable: true, cause })
  }
  const distrusted = codes.some((code) => untrusted.test(code))
  return new AirbyteError(`Airbyte can't be reached for ${call}: ${reason}`, {
    code: 'network',
    retryable: !distrusted,
    nothingDone: distrusted || (codes.length > 0 && codes.every((code) => refused.test(code))),
    cause,
  })
}

/** Codes of the innermost errors: a name may have several addresses, each failing in its own way. */
function codesOf(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) return []
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) {
    return error.errors.flatMap((inner) => codesOf(inner, depth + 1))
  }
  const inner = 'cause' in error ? codesOf(error.cause, depth + 1) : []
  if (inner.length > 0) return inner
  return 'code' in error && typeof error.code === 'string' ? [error.code] : []
}

function reasonOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return 'something that is no error was thrown'
  if (error.cause instanceof Error && depth < 5) return reasonOf(error.cause, depth + 1)
  return error.message || codesOf(error)[0] || error.name
}
