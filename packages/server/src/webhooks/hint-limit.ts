// Anybody may knock here. How often we look because of it is bounded: by address, and for all addresses together.
const WINDOW_MS = 60_000
const PER_SECRET = 60
const ALTOGETHER = 600

/** Whether a knock is followed; those over the limit are answered as all others are, and lead nowhere. */
export function createHintLimit(now: () => Date): (secret: string) => boolean {
  let until = 0
  let all = 0
  const bySecret = new Map<string, number>()
  return (secret) => {
    const at = now().getTime()
    if (at >= until) {
      until = at + WINDOW_MS
      all = 0
      bySecret.clear()
    }
    const count = (bySecret.get(secret) ?? 0) + 1
    if (all >= ALTOGETHER || count > PER_SECRET) return false
    all += 1
    bySecret.set(secret, count)
    return true
  }
}
