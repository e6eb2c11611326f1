// One secret, the ways it comes back: quoted by a JSON parser, put into a URL, sent as Basic auth, cut at a line.

/** All ways `secret` may be written inside a longer text, itself first. */
export function writingsOf(secret: string): string[] {
  const percent = encodePercent(secret)
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
    percent,
    percent.replaceAll('%20', '+'),
    percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    ...base64sOf(secret),
    ...linesOf(secret),
  ].filter((writing) => writing.length >= 4)
}

/** A lone surrogate can't be percent-encoded, and nothing that holds one was ever sent in a URL. */
function encodePercent(secret: string) {
  try {
    return encodeURIComponent(secret)
  } catch {
    return secret
  }
}

/** Inside a longer base64 text (`user:password`) a secret starts at one of three places; its edges mix with its neighbours. */
function base64sOf(secret: string): string[] {
  const bytes = new TextEncoder().encode(secret)
  if (bytes.length < 6) return []
  return [0, 1, 2].flatMap((before) => {
    const padded = new Uint8Array(before + bytes.length)
    padded.set(bytes, before)
    const from = before === 0 ? 0 : 4
    const encoded = encodeBase64(padded.subarray(0, padded.length - (padded.length % 3))).slice(from)
    return [encoded, encoded.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

function encodeBase64(bytes: Uint8Array) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** Of a key with line breaks, each line that is long enough to be told from other words. */
function linesOf(secret: string): string[] {
  return secret.includes('\n') ? secret.split(/\r?\n/).filter((line) => line.length >= 16) : []
}
