// `npm start`, `npm test`, `npm run prove` and `npm run bench` on a machine that has Node and git and nothing else:
// installs with the pinned pnpm, builds, then runs what was asked. Plain JavaScript with no dependency, for it
// runs before there are any.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'node_modules', '.bin')
const [command = 'start', ...rest] = process.argv.slice(2)

function fail(message) {
  console.error(`opsai: ${message}`)
  process.exit(1)
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  fail(
    `Node ${process.versions.node} is too old: this needs Node 20.19 or newer. Install it from https://nodejs.org and try again.`,
  )
}

/** What decides whether node_modules still fits: lockfile, workspace, every package.json, Node's own version. */
function installStamp() {
  const hash = createHash('sha256').update(process.version)
  const manifests = ['packages', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder)).map((name) => join(folder, name, 'package.json')),
  )
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...manifests]) {
    if (existsSync(join(root, file))) hash.update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

function run(name, file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        TURBO_TELEMETRY_DISABLED: '1',
        PATH: `${bin}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
      },
      shell: process.platform === 'win32',
      ...options,
    })
    const forward = (signal) => child.kill(signal)
    process.on('SIGINT', forward)
    process.on('SIGTERM', forward)
    child.on('error', (error) => fail(`${name} could not be started: ${error.message}`))
    child.on('exit', (code, signal) => {
      process.off('SIGINT', forward)
      process.off('SIGTERM', forward)
      resolve(code ?? (signal ? 130 : 1))
    })
  })
}

async function step(name, file, args, options) {
  const started = Date.now()
  console.log(`opsai: ${name}`)
  const code = await run(name, file, args, options)
  if (code !== 0) fail(`${name} failed (exit ${code}). The reason is in the lines above.`)
  return Math.round((Date.now() - started) / 100) / 10
}

/** pnpm never runs out of our own node_modules for this: a purge would delete it while it runs. */
async function install() {
  const stampFile = join(root, 'node_modules', '.opsai-install')
  const stamp = installStamp()
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  const pnpm = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager
  const args = [
    'exec',
    '--yes',
    '--package',
    pnpm,
    '--',
    'pnpm',
    'install',
    '--frozen-lockfile',
    '--reporter=append-only',
  ]
  const npm = process.env.npm_execpath
  const byNpm = npm && /npm-cli\.(c|m)?js$/.test(npm)
  await step(
    'installing dependencies (first time: one to two minutes)',
    byNpm ? process.execPath : 'npm',
    byNpm ? [npm, ...args] : args,
    { env: { ...process.env, CI: 'true' } },
  )
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp)
}

/** `build:js` leaves the type declarations out: they are most of the time, and running needs none. */
const build = (task) => step('building', 'turbo', ['run', task, '--output-logs=errors-only', '--log-order=grouped'])

const tests = [
  ['checking style, dependency fences and import rings', 'eslint', ['.', '--max-warnings', '0']],
  ['checking types', 'turbo', ['run', 'typecheck', '--output-logs=errors-only']],
  ['getting the JSON Schema suite', 'node', ['.ci/json-schema-suite.mjs']],
  ['getting an S3 server', 'node', ['.ci/s3-server.mjs']],
  ['testing pure code', 'vitest', ['run', '--project', 'unit']],
  ['testing components', 'vitest', ['run', '--project', 'ui']],
  ['testing against a real PostgreSQL', 'vitest', ['run', '--project', 'db']],
  ['testing the contract', 'vitest', ['run', '--project', 'contract']],
  ['checking that every behaviour of a connector form has its test', 'node', ['.ci/check-behaviours.mjs']],
  ['checking that every situation of a sign-in has its story', 'node', ['.ci/check-situations.mjs']],
  ['checking that every known trap of Airbyte has its test', 'node', ['.ci/check-traps.mjs']],
  ['checking the packages as they are published', 'node', ['.ci/check-packages.mjs']],
  ['testing the whole chain in a real browser', 'vitest', ['run', '--project', 'e2e']],
]

const commands = {
  async start() {
    await install()
    await build('build:js')
    process.exitCode = await run('opsai dev', process.execPath, [
      join(root, 'packages', 'cli', 'dist', 'bin.js'),
      'dev',
      join(root, 'examples', 'vite-react'),
      ...rest,
    ])
  },
  async test() {
    await install()
    await build('build')
    const times = []
    for (const [name, file, args] of tests) times.push([name, await step(name, file, args)])
    console.log('\nopsai: everything passed')
    for (const [name, seconds] of times) console.log(`  ${String(seconds).padStart(6)} s  ${name}`)
  },
  async prove() {
    await install()
    await build('build:js')
    await step('getting an S3 server', 'node', ['.ci/s3-server.mjs'])
    await step('the whole scoreboard', 'vitest', ['run', '--project', 'prove', ...rest])
  },
  async bench() {
    await install()
    await build('build:js')
    const names = readdirSync(join(root, 'bench')).filter((file) => file.endsWith('.mjs'))
    const [name = ''] = rest
    if (!names.includes(`${name}.mjs`)) {
      fail(`there is no benchmark "${name}". There are: ${names.map((file) => file.slice(0, -4)).join(', ')}.`)
    }
    await step(`bench ${name}`, process.execPath, [join(root, 'bench', `${name}.mjs`), ...rest.slice(1)])
  },
}

requireNode()
if (!commands[command]) fail(`unknown command "${command}". There are: ${Object.keys(commands).join(', ')}.`)
await commands[command]()
