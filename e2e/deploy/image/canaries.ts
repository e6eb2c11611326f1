// Whether a secret is in a file, however it is written there.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync, unzipSync } from 'node:zlib'

/**
 * Its forms as bytes. A secret to look for is letters and digits, which URLs, JSON, HTML and the shell leave as they are:
 * what is left are the forms that change every letter.
 */
export function toForms(secret: string): Buffer[] {
  if (!/^[A-Za-z0-9]{12,}$/.test(secret)) throw new Error('A canary is at least twelve letters and digits.')
  const bytes = Buffer.from(secret)
  const hex = bytes.toString('hex')
  // In Base64 it looks different by where in a group of three bytes it begins; what neighbours have a part in is left out.
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    return text.slice(Math.ceil((shift * 4) / 3), Math.floor(((shift + bytes.length) * 4) / 3))
  })
  const texts = [secret, hex, hex.toUpperCase(), ...base64, ...base64.map(toUrlSafe)]
  return [...[...new Set(texts)].map((text) => Buffer.from(text)), Buffer.from(secret, 'utf16le')]
}

const toUrlSafe = (text: string) => text.replaceAll('+', '-').replaceAll('/', '_')

/** It, and what is packed in it. Brotli says nothing of itself: there its file's name has to. */
function withUnpacked(content: Buffer, name: string, depth = 3): Buffer[] {
  if (content.length < 3 || depth === 0) return [content]
  const isZipped = content.readUInt16BE(0) === 0x1f8b || (content[0] === 0x78 && content.readUInt16BE(0) % 31 === 0)
  const unpack = isZipped ? unzipSync : name.endsWith('.br') ? brotliDecompressSync : undefined
  try {
    return unpack ? [content, ...withUnpacked(unpack(content), '', depth - 1)] : [content]
  } catch {
    return [content]
  }
}

export interface Search {
  /** `which secret: where` */
  found: string[]
  files: number
  bytes: number
}

/** Every file below the folders, and its name. */
export async function findSecrets(
  folders: readonly string[],
  secrets: Readonly<Record<string, string>>,
): Promise<Search> {
  const wanted = Object.entries(secrets).map(([name, secret]) => ({ name, forms: toForms(secret) }))
  const search: Search = { found: [], files: 0, bytes: 0 }
  for (const folder of folders)
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      const content = entry.isFile() ? await readFile(path) : Buffer.alloc(0)
      const all = [Buffer.from(entry.name), ...withUnpacked(content, entry.name)]
      for (const { name, forms } of wanted)
        if (all.some((one) => forms.some((form) => one.includes(form)))) search.found.push(`${name}: ${path}`)
      search.files += entry.isFile() ? 1 : 0
      search.bytes += content.length
    }
  return search
}
