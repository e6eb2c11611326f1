// The packages as npm would publish them: right entry points, right types, nothing missing from the tarball.
import { spawnSync } from 'node:child_process'
import { builtinModules } from 'node:module'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const root = new URL('..', import.meta.url).pathname
let failed = 0
let passed = 0

function check(name, ok, why) {
  if (ok) passed++
  else {
    failed++
    console.error(`✗ ${name}: ${why}`)
  }
}

for (const folder of readdirSync(join(root, 'packages'))) {
  const directory = join(root, 'packages', folder)
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  const exported = manifest.publishConfig?.exports ?? {}
  check(
    manifest.name,
    Object.keys(exported).length > 0,
    'publishConfig.exports is empty: the tarball would point at src',
  )
  for (const [path, target] of Object.entries(exported)) {
    for (const file of typeof target === 'string' ? [target] : Object.values(target)) {
      check(`${manifest.name} ${path}`, existsSync(join(directory, file)), `${file} was not built`)
    }
  }
  const imports = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
  for (const [path, target] of Object.entries(exported)) {
    if (typeof target === 'string') continue
    const built = join(directory, target.default)
    if (!existsSync(built)) continue
    for (const used of importsOf(readFileSync(built, 'utf8'))) {
      check(
        `${manifest.name} ${path} imports ${used}`,
        imports.includes(used),
        'it is not in dependencies or peerDependencies',
      )
    }
  }
}

const react = readFileSync(join(root, 'packages/react/dist/index.js'), 'utf8')
check('@opsai/react', react.startsWith('"use client"'), 'the built file does not begin with "use client"')

const { stdout, status } = spawnSync(process.execPath, [join(root, 'bench/size.mjs')], { encoding: 'utf8' })
process.stdout.write(stdout)
check('bundle size', status === 0, 'over its limit (bench/size.mjs)')

console.log(`${passed} passed, ${failed} failed`)
if (failed > 0) process.exitCode = 1

/** The packages a built file imports by name. */
function importsOf(code) {
  const names = [...code.matchAll(/(?:from|^import)\s*"([@a-z][^"\s]*)"/gm)].map(([, specifier]) => specifier)
  const external = names.filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
  return new Set(
    external.map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    ),
  )
}
