// Each of the 31 facts about Airbyte that an implementer gets wrong is proved by a test whose title names its number.
// Lists them, and fails where one has no test. Reads titles only: whether the tests pass is for the tests to say.
import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const numbers = Array.from({ length: 31 }, (_, index) => index + 1)
const isTest = /\.(test|spec|prove)\.tsx?$/
const skipped = new Set(['node_modules', 'dist', '.git', '.turbo', '.opsai'])

function* findTests(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* findTests(path)
    else if (isTest.test(entry.name)) yield path
  }
}

/** `test('trap 7: …'`, `describe("trap 7: …"`, `.each(…)(`trap 7: …``; not what is skipped or still to be written. */
function findTitles(path) {
  const text = readFileSync(path, 'utf8')
  const titles = []
  for (const match of text.matchAll(/(\.\w+)?\(\s*(['"`])trap (\d+): ((?:\\.|(?!\2)[^\\])*)\2/g)) {
    const [, method, , number, title] = match
    if (method === '.skip' || method === '.todo') continue
    titles.push({ number: Number(number), title: title.replaceAll(/\\(.)/g, '$1'), file: relative(root, path) })
  }
  return titles
}

const found = ['packages', 'e2e', '.ci', 'bench']
  .flatMap((folder) => [...findTests(join(root, folder))])
  .flatMap(findTitles)
  .sort((a, b) => a.number - b.number || a.file.localeCompare(b.file))

for (const { number, title, file } of found) {
  console.log(`${String(number).padStart(2)} · ${title} · ${file}`)
}
const missing = numbers.filter((number) => !found.some((one) => one.number === number))
const unknown = found.filter(({ number }) => !numbers.includes(number))
console.log(`traps ${numbers.length - missing.length} of ${numbers.length}, tests ${found.length}`)
for (const { number, file } of unknown) console.error(`${file}: there is no trap ${number}.`)
if (missing.length > 0) console.error(`No test names trap ${missing.join(', ')}: title one "trap N: …".`)
if (missing.length > 0 || unknown.length > 0) process.exit(1)
