// Who may see the pages. A login to the data is in this app, so it fails closed: without a password it answers on this
// machine only.

export type Access = 'granted' | 'askPassword' | 'notPublic'

export interface Knock {
  host: string | null
  authorization: string | null
  password: string | undefined
}

export function decideAccess({ host, authorization, password }: Knock): Access {
  // A page of elsewhere that gets its own name to point here still sends that name.
  if (password === undefined) return isLocal(host) ? 'granted' : 'notPublic'
  return isEqual(readPassword(authorization), password) ? 'granted' : 'askPassword'
}

const isLocal = (host: string | null) => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host ?? '')

/** The password of `Basic user:password`. */
function readPassword(authorization: string | null): string {
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+=*)$/.exec(authorization ?? '') ?? []
  if (encoded === undefined) return ''
  try {
    const text = new TextDecoder().decode(Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0)))
    return text.slice(text.indexOf(':') + 1)
  } catch {
    return ''
  }
}

/** In a time that does not tell how much of it was right. */
function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [new TextEncoder().encode(given), new TextEncoder().encode(wanted)]
  let difference = a.length ^ b.length
  for (let index = 0; index < b.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0)
  return difference === 0
}
