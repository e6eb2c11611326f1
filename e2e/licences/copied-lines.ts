// Finds what was copied from other people's files, also where it was indented, quoted or punctuated anew.
import { createHash } from 'node:crypto'

/** A file to look at: where it is and what it says. */
export interface TextFile {
  path: string
  text: string
}

export interface Copied {
  /** Ours. */
  path: string
  /** Theirs. */
  from: string
  /** The run's first line, as it stands in ours. */
  line: string
}

/** So many lines in a row are no coincidence. */
const runLength = 8

/** What says nothing about where it comes from: brackets, and the keywords every JSON schema consists of. */
const everybodys =
  /^(type: ?\S+|(properties|items|required|oneOf|enum|default|examples|const|order|format|additionalProperties|airbyte_secret|schema|content|application\/json|responses|get|post)\b.{0,12}|\$ref.*)$/

/** A value of an enum: the words of an interface are the same for whoever speaks it. */
const bareWord = /^[\w.:/-]+$/

/** A line without its punctuation; nothing where it is trivial. */
function toPlain(line: string): string | undefined {
  const plain = line
    .replaceAll(/["'`,;]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const isTrivial = plain.length < 12 || !/[a-z]{3}/i.test(plain) || everybodys.test(plain) || bareWord.test(plain)
  return isTrivial ? undefined : plain
}

/** JSON is laid out anew, so that a file on one line has lines. */
function toLines({ path, text }: TextFile): string[] {
  if (!path.endsWith('.json')) return text.split('\n')
  try {
    return JSON.stringify(JSON.parse(text), null, 1).split('\n')
  } catch {
    return text.split('\n')
  }
}

function* toRuns(file: TextFile): Generator<{ key: string; line: string }> {
  const lines = toLines(file).flatMap((line) => {
    const plain = toPlain(line)
    return plain === undefined ? [] : [{ plain, line }]
  })
  for (let at = 0; at + runLength <= lines.length; at += 1) {
    const run = lines.slice(at, at + runLength)
    if (new Set(run.map(({ plain }) => plain)).size < runLength - 1) continue
    yield { key: digest(run.map(({ plain }) => plain).join('\n')), line: run[0]?.line ?? '' }
  }
}

const digest = (text: string) => createHash('sha1').update(text).digest('base64')

/** Every run of theirs, by what it says. */
export function indexRuns(theirs: Iterable<TextFile>): Map<string, string> {
  const index = new Map<string, string>()
  for (const file of theirs) {
    index.set(digest(file.text), file.path)
    for (const { key } of toRuns(file)) index.set(key, file.path)
  }
  return index
}

/** The first run of each of our files that is theirs too; a file that is theirs as a whole is one. */
export function findCopied(ours: Iterable<TextFile>, index: ReadonlyMap<string, string>): Copied[] {
  const copied: Copied[] = []
  for (const file of ours) {
    const whole = file.text.length > 0 ? index.get(digest(file.text)) : undefined
    if (whole !== undefined) copied.push({ path: file.path, from: whole, line: '(the whole file)' })
    else {
      for (const { key, line } of toRuns(file)) {
        const from = index.get(key)
        if (from === undefined) continue
        copied.push({ path: file.path, from, line: line.trim() })
        break
      }
    }
  }
  return copied
}
