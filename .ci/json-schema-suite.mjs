// Gets the official JSON Schema suite (MIT), which Python's `jsonschema` carries in its source package, for the test in
// packages/react/src/spec/json-schema-suite.test.ts. Without pip or a network it says so, and the test is skipped.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = 'jsonschema==4.26.0'
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const target = join(root, '.opsai', 'json-schema-suite')

const run = (file, ...args) => spawnSync(file, args, { encoding: 'utf8', timeout: 120_000 }).status === 0

function download(folder) {
  if (
    !run('python3', '-m', 'pip', 'download', '--quiet', '--no-deps', '--no-binary', ':all:', '--dest', folder, source)
  ) {
    return false
  }
  const archive = readdirSync(folder).find((name) => name.endsWith('.tar.gz'))
  return archive !== undefined && run('tar', '-xzf', join(folder, archive), '-C', folder)
}

function findSuite(folder) {
  const packed = readdirSync(folder, { withFileTypes: true }).find((entry) => entry.isDirectory())
  const tests = packed && join(folder, packed.name, 'json', 'tests', 'draft7')
  return tests && existsSync(tests) ? tests : undefined
}

if (!existsSync(join(target, 'draft7', 'type.json'))) {
  const folder = mkdtempSync(join(tmpdir(), 'json-schema-suite-'))
  try {
    const tests = download(folder) ? findSuite(folder) : undefined
    if (tests === undefined) {
      console.log(`The JSON Schema suite could not be had (python3 -m pip download ${source}): its test is skipped.`)
    } else {
      mkdirSync(target, { recursive: true })
      cpSync(tests, join(target, 'draft7'), { recursive: true })
      console.log(`The JSON Schema suite is in ${target}.`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
