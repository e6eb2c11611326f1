// Tests that prove a numbered list carry the number in their title: `trap 7: …`, `behaviour 12: …`. Finds them, prints
// them and says which numbers have none. Reads titles only: whether the tests pass is for the tests to say.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const anyTest = /\.(test|spec|prove)\.tsx?$/
const skipped = new Set(['node_modules', 'dist', '.git', '.turbo', '.opsai'])

function* findTests(folder, isTest) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* findTests(path, isTest)
    else if (isTest.test(entry.name)) yield path
  }
}

/** `test('trap 7: …'`, `describe("trap 7: …"`, `.each(…)(`trap 7: …``; not what is skipped or still to be written. */
function findTitles(word, path) {
  const text = readFileSync(path, 'utf8')
  const title = new RegExp(`(\\.\\w+)?\\(\\s*(['"\`])${word} (\\d+): ((?:\\\\.|(?!\\2)[^\\\\])*)\\2`, 'g')
  return [...text.matchAll(title)]
    .filter(([, method]) => method !== '.skip' && method !== '.todo')
    .map(([, , , number, said]) => ({
      number: Number(number),
      title: said.replaceAll(/\\(.)/g, '$1'),
      file: relative(root, path),
    }))
}

/**
 * Prints every test titled `word N: …` and how many of 1…count have one; the process fails where one has none, or where
 * a title has a number that does not exist. `list` is how many there are, or what each is about; `isTest` which files
 * have titles.
 */
export function checkNumberedTests(word, list, isTest = anyTest) {
  const names = Array.isArray(list) ? list : []
  const count = names.length || list
  const numbers = Array.from({ length: count }, (_, index) => index + 1)
  const found = ['packages', 'e2e', '.ci', 'bench']
    .flatMap((folder) => [...findTests(join(root, folder), isTest)])
    .flatMap((path) => findTitles(word, path))
    .sort((a, b) => a.number - b.number || a.file.localeCompare(b.file))
  for (const { number, title, file } of found) {
    console.log(`${String(number).padStart(2)} · ${title} · ${file}`)
  }
  const missing = numbers.filter((number) => !found.some((one) => one.number === number))
  const unknown = found.filter(({ number }) => !numbers.includes(number))
  names.forEach((name, index) => {
    const stories = found.filter(({ number }) => number === index + 1).length
    console.log(`${word} ${index + 1}, ${name}: ${stories} test${stories === 1 ? '' : 's'}`)
  })
  console.log(`${word}s ${count - missing.length} of ${count}, tests ${found.length}`)
  for (const { number, file } of unknown) console.error(`${file}: there is no ${word} ${number}.`)
  if (missing.length > 0) console.error(`No test names ${word} ${missing.join(', ')}: title one "${word} N: …".`)
  if (missing.length > 0 || unknown.length > 0) process.exitCode = 1
}
