// Airbyte quotes values of a refused configuration in its messages. Which of them are secret only the connector's
// spec knows, so whatever looks like one by name or by length is taken out before it can reach a log.
const secretName = /secret|passw|passphrase|token|key|credential|private|certificate|auth|^code$|dsn|url/i
const longEnough = 24

/** A function that stars out the secret-looking values of `sent` in a text. */
export function createScrub(sent: unknown): (text: string) => string {
  const secrets = [...new Set(secretLeaves(sent))].sort((a, b) => b.length - a.length)
  if (secrets.length === 0) return (text) => text
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '**********'), text)
}

function* secretLeaves(value: unknown, name = ''): Generator<string> {
  if (typeof value === 'string') {
    if (!isUuid(value) && value.length >= 4 && (secretName.test(name) || value.length >= longEnough)) {
      yield value
      const escaped = JSON.stringify(value).slice(1, -1)
      if (escaped !== value) yield escaped
    }
  } else if (Array.isArray(value)) {
    for (const item of value) yield* secretLeaves(item, name)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* secretLeaves(item, key)
  }
}

function isUuid(value: string) {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
}
