// How often each refresh token came back to us: a client that refreshes once at a time sends each one once.
import { hashToken } from '../secrets.js'

/** A refresh token, by its hash. */
export interface SeenRefreshToken {
  /** SHA-256 of the token, in base64url. */
  hash: string
  /** Whose it is, or who sent it; absent where nobody we know did. */
  clientId?: string
  /** False for one that this process did not issue. */
  isIssued: boolean
  /** Requests to the token endpoint that carried it, whatever became of them. */
  seen: number
}

export interface SeenRefreshTokens {
  refreshTokens: SeenRefreshToken[]
  /** The largest `seen` there is. */
  mostSeen: number
  /** Tokens that are no longer in the list, for there were too many. */
  forgotten: number
}

export interface RefreshTokenRecord {
  noteIssued(token: string, clientId: string): void
  noteSeen(token: string, clientId: string | undefined): void
  read(): SeenRefreshTokens
  /** Starts over. */
  clear(): void
}

export function createRefreshTokenRecord(most = 100_000): RefreshTokenRecord {
  const tokens = new Map<string, SeenRefreshToken>()
  let forgotten = 0

  function keep(token: SeenRefreshToken): void {
    tokens.set(token.hash, token)
    const [oldest] = tokens.keys()
    if (tokens.size <= most || oldest === undefined) return
    tokens.delete(oldest)
    forgotten += 1
  }

  return {
    noteIssued: (token, clientId) => keep({ hash: hashToken(token), clientId, isIssued: true, seen: 0 }),
    noteSeen(token, clientId) {
      const hash = hashToken(token)
      const found = tokens.get(hash)
      if (found) found.seen += 1
      else keep({ hash, ...(clientId !== undefined && { clientId }), isIssued: false, seen: 1 })
    },
    read: () => {
      const refreshTokens = [...tokens.values()].map((token) => ({ ...token }))
      return { refreshTokens, mostSeen: refreshTokens.reduce((most, { seen }) => Math.max(most, seen), 0), forgotten }
    },
    clear() {
      tokens.clear()
      forgotten = 0
    },
  }
}
