// The encodings that templates ask for. Airbyte's are Java's; each has its counterpart here.
import { createHash } from 'node:crypto'

/** As `java.net.URLEncoder`: letters, digits and `*-._` stay, a space is `+`. That is also how forms are encoded. */
export const toFormEncoded = (text: string): string => new URLSearchParams({ '': text }).toString().slice(1)

/** The way back; what is no encoding stays as it is. */
export function fromFormEncoded(text: string): string {
  return new URLSearchParams(`a=${text.replaceAll('&', '%26').replaceAll('#', '%23')}`).get('a') ?? ''
}

export const toBase64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')
export const fromBase64 = (text: string): string => Buffer.from(text, 'base64').toString('utf8')

/** RFC 7636 §4.2: unpadded base64url of the SHA-256. */
export const toCodeChallenge = (verifier: string): string =>
  createHash('sha256').update(verifier, 'utf8').digest('base64url')

/**
 * Makes a raw value stay one value of a query: encodes what would end it (`&`, `#`), what a reader would take for
 * something else (`+`, `%`, `;`) and what a URL cannot hold. All else stays, so that a plain value is what the template says.
 */
export const toQueryValue = (text: string): string => encodeAllBut(/[A-Za-z0-9\-._~$!()*,:@/?=]/, text)

/** The same for one segment of a path. */
export const toPathSegment = (text: string): string => encodeAllBut(/[A-Za-z0-9\-._~$!()*,:@=]/, text)

function encodeAllBut(kept: RegExp, text: string): string {
  return [...Buffer.from(text, 'utf8')].map((byte) => toText(kept, byte)).join('')
}

function toText(kept: RegExp, byte: number): string {
  const character = String.fromCharCode(byte)
  return byte < 128 && kept.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
}
