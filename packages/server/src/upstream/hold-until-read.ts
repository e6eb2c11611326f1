// A call is over when its answer has been read, not when its headers are there: until then it holds its place.

const MOST_OF_AN_ERROR = 64 * 1024

/** The same answer; `release` is called when it was read, broke off or was thrown away. */
export async function holdUntilRead(response: Response, signal: AbortSignal, release: () => void): Promise<Response> {
  if (!response.body) {
    release()
    return response
  }
  const { status, statusText, headers } = response
  // Errors are short and often thrown away unread; read here, they hold no place.
  const body = response.ok ? watchBody(response.body, signal, release) : await readAll(response.body).finally(release)
  return new Response(body, { status, statusText, headers })
}

function watchBody(body: ReadableStream<Uint8Array>, signal: AbortSignal, release: () => void) {
  const reader = body.getReader()
  signal.addEventListener('abort', release, { once: true })
  const end = () => {
    signal.removeEventListener('abort', release)
    release()
  }
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read()
          if (!done) return controller.enqueue(value)
          end()
          controller.close()
        } catch (error) {
          end()
          controller.error(error)
        }
      },
      cancel(reason) {
        end()
        return reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}

async function readAll(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    size += value.byteLength
    if (size <= MOST_OF_AN_ERROR) continue
    reader.cancel().catch(() => {})
    break
  }
  return new Uint8Array(Buffer.concat(chunks))
}
