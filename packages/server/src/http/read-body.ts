// Reads a body with a limit and refuses what no honest client sends.
import { invalidRequest, ProblemError } from './problem.js'

const MAX_BYTES = 1024 * 1024
/** Of the whole body: a byte now and then keeps no request open. */
const ARRIVES_WITHIN_MS = 15_000
const MAX_DEPTH = 64
const MAX_NODES = 20_000
const poison = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * A JSON body.
 *
 * @throws ProblemError where it is too large, too deep, not JSON, or holds a key that could reach a prototype.
 */
export async function readJson(request: Request): Promise<{ text: string; value: unknown }> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type)) {
    throw new ProblemError('unsupported_media_type', { detail: 'Send the body as application/json.' })
  }
  const text = await readText(request)
  guardText(text)
  const value = parseJson(text)
  guardShape(value)
  return { text, value }
}

/** A posted form, as a record of its first values. */
export async function readForm(request: Request): Promise<Record<string, string>> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(type)) {
    throw new ProblemError('unsupported_media_type', { detail: 'Post it as application/x-www-form-urlencoded.' })
  }
  return Object.fromEntries(new URLSearchParams(await readText(request)))
}

async function readText(request: Request): Promise<string> {
  if (request.headers.has('content-encoding')) {
    throw new ProblemError('unsupported_media_type', { detail: 'Send the body uncompressed.' })
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of toChunks(request.body)) {
    size += chunk.byteLength
    if (size > MAX_BYTES) throw new ProblemError('payload_too_large', { detail: 'The body is larger than 1 MiB.' })
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

async function* toChunks(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  if (!body) return
  const reader = body.getReader()
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(invalidRequest('The body did not arrive within 15 seconds.')), ARRIVES_WITHIN_MS)
  })
  try {
    for (;;) {
      const { done, value } = await Promise.race([reader.read().catch(leftEarly), late])
      if (done) return
      yield value
    }
  } finally {
    clearTimeout(timer)
    reader.cancel().catch(() => {})
  }
}

/** Whoever sent it went away in the middle, as pages do that are closed or reloaded: nothing of ours failed. */
const leftEarly = (cause: unknown): never => {
  throw new ProblemError('invalid_request', { detail: 'Whoever sent the body left before all of it had come.', cause })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw invalidRequest('The body is not JSON.')
  }
}

/** Counts what a text would become before it becomes it: a tree costs fifty times its text. */
function guardText(text: string): void {
  let depth = 0
  let nodes = 1
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at]
    if (inString) {
      if (char === '\\') at += 1
      else if (char === '"') inString = false
    } else if (char === '"') inString = true
    else if (char === '{' || char === '[') {
      depth += 1
      nodes += 1
      if (depth > MAX_DEPTH) throw tooDeep()
    } else if (char === '}' || char === ']') depth -= 1
    else if (char === ',') {
      nodes += 1
      if (nodes > 2 * MAX_NODES) throw tooMany()
    }
  }
}

const tooDeep = () => invalidRequest(`The body is nested more than ${MAX_DEPTH} deep.`)
const tooMany = () => invalidRequest(`The body has more than ${MAX_NODES} values.`)

/** Refuses trees that are too deep or too large, and keys that reach a prototype. */
export function guardShape(root: unknown): void {
  const left: { value: unknown; path: string[] }[] = [{ value: root, path: [] }]
  for (let nodes = 0; left.length > 0; nodes += 1) {
    const { value, path } = left.pop() as { value: unknown; path: string[] }
    if (nodes > MAX_NODES) throw tooMany()
    if (path.length > MAX_DEPTH) throw tooDeep()
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) {
      if (poison.has(key))
        throw invalidRequest('A key is not allowed.', [
          { path: [...path, key], code: 'forbidden', message: 'is not allowed' },
        ])
      left.push({ value: inner, path: [...path, key] })
    }
  }
}
