// 128 random bits as base64url: what the contract asks of a `flowId`. Works on plain http too, where randomUUID does not exist.

/**
 * Makes an id nobody can guess.
 *
 * @example
 * newId() // 'q3X2r1b0Yk9mC7yWf0Zt4A'
 */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}
