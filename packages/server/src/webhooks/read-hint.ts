const MAX_BYTES = 64 * 1024
const WITHIN_MS = 10_000

/** The body of a notification; none where it is larger or slower than any of Airbyte's. Never throws. */
export async function readHint(request: Request): Promise<string | undefined> {
  const reader = request.body?.getReader()
  if (!reader) return undefined
  const timer = setTimeout(() => void reader.cancel().catch(() => {}), WITHIN_MS)
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return new TextDecoder().decode(Buffer.concat(chunks))
      size += value.byteLength
      if (size > MAX_BYTES) return undefined
      chunks.push(value)
    }
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
    reader.cancel().catch(() => {})
  }
}
