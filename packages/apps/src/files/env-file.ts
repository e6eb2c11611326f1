// The app's `.env`: what the platform gives stands above a line and is rewritten, what is below is the owner's.

const top =
  '# Written by `opsai create`, each time anew. Your own settings go below the line at the end, or into .env.local.\n'
const line = '# ---- below this line it is yours ----\n'

/** What becomes of an `.env` that is there. */
export interface EnvUpdate {
  content: string
  /** Whether it was written by somebody else: then it is kept aside as it was. */
  found: 'none' | 'ours' | 'anothers'
}

/**
 * @param present the file as it is
 * @param platform the tenant's settings, as the proxy writes them
 */
export function updateEnv(present: string | undefined, platform: string): EnvUpdate {
  const settings = `${top}${platform.trimEnd()}\n\n${line}`
  if (present === undefined) return { content: settings, found: 'none' }
  const [above, ...below] = present.split(line)
  if (below.length === 0 || !above?.startsWith(top)) return { content: settings, found: 'anothers' }
  return { content: settings + below.join(line), found: 'ours' }
}
