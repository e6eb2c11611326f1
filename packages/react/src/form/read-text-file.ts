/** Largest file taken, in bytes: keys and certificates are a few thousand. */
const sizeLimit = 1024 * 1024

export type TextFile = { state: 'read'; text: string } | { state: 'binary' } | { state: 'big' }

/** A file's text as it is, its last line break too; not one that is no UTF-8 or larger than 1 MiB. */
export async function readTextFile(file: Blob): Promise<TextFile> {
  if (file.size > sizeLimit) return { state: 'big' }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer())
    return text.includes('\0') ? { state: 'binary' } : { state: 'read', text }
  } catch {
    return { state: 'binary' }
  }
}
