// A page as it is fetched: nothing of it is run.
import { parsePolicies, type Policy } from './csp.js'

const SECONDS = 5
const MOST_BYTES = 2 * 1024 * 1024

export interface PageRead {
  status: number
  headers: Headers
  /** As much of it as counts. */
  text: string
}

/** Reads a page or a script, or answers nothing where it can't be had. */
export async function readPage(
  url: string,
  fetch: typeof globalThis.fetch,
  redirect: 'manual' | 'follow' = 'manual',
): Promise<PageRead | undefined> {
  try {
    const response = await fetch(url, {
      redirect,
      signal: AbortSignal.timeout(SECONDS * 1000),
      headers: { accept: 'text/html, */*;q=0.8' },
    })
    return { status: response.status, headers: response.headers, text: await readText(response) }
  } catch {
    return undefined
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array)
    size += (chunk as Uint8Array).byteLength
    if (size > MOST_BYTES) break
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

/** Every policy that holds for a page: of its header, and of its own `<meta http-equiv>`. */
export const policiesOf = ({ headers, text }: PageRead): Policy[] => {
  const inPage = tagsOf(text, 'meta')
    .filter((tag) => /content-security-policy$/i.test(attributeOf(tag, 'http-equiv') ?? ''))
    .map((tag) => attributeOf(tag, 'content') ?? '')
  return parsePolicies([headers.get('content-security-policy') ?? '', ...inPage])
}

/** What holds for where its requests say they come from. */
export function referrerPolicyOf({ headers, text }: PageRead): string {
  const inPage = tagsOf(text, 'meta')
    .filter((tag) => /^referrer$/i.test(attributeOf(tag, 'name') ?? ''))
    .map((tag) => attributeOf(tag, 'content') ?? '')
  return inPage.at(-1) ?? headers.get('referrer-policy') ?? ''
}

export const tagsOf = (html: string, name: string): string[] => html.match(new RegExp(`<${name}\\b[^>]*>`, 'gi')) ?? []

export function attributeOf(tag: string, name: string): string | undefined {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(tag)
  return found ? (found[1] ?? found[2] ?? found[3]) : undefined
}
