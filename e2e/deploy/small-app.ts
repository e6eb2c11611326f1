// An app without packages whose scripts are real programs: builds and starts in a moment, and fails in the ways it is told.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const build = `
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
writeFileSync('built.json', JSON.stringify({ env: process.env, pid: process.pid }))
const { build } = JSON.parse(readFileSync('behaviour.json', 'utf8'))
if (build.pidFile) writeFileSync(build.pidFile, String(process.pid))
if (build.does === 'fail') {
  for (let line = 0; line < 40; line++) console.log('compiling ' + line)
  console.error('\\u001b[31mFailed to compile\\u001b[0m: could not reach ' + process.env.DATABASE_URL)
  process.exit(1)
}
if (build.does === 'hang') setInterval(() => {}, 1000)
`
const server = `
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
const { version, start } = JSON.parse(readFileSync('behaviour.json', 'utf8'))
if (!existsSync('built.json')) throw new Error('not built')
appendFileSync('starts', 'x')
const times = readFileSync('starts', 'utf8').length
if (start.does === 'end' || times > (start.times ?? Infinity)) {
  console.error('cannot work with ' + process.env.DATABASE_URL)
  process.exit(3)
}
createServer((request, answer) => {
  answer.statusCode = request.url === '/health' && start.does === 'say 503' ? 503 : 200
  answer.end(request.url === '/env' ? JSON.stringify(process.env) : request.url === '/built' ? readFileSync('built.json') : version)
}).listen(Number(process.env.PORT), '127.0.0.1')
`

export interface Behaviour {
  version: string
  build: { does?: 'fail' | 'hang'; pidFile?: string }
  /** `times`: how often it starts before it no longer does. */
  start: { does?: 'end' | 'say 503'; times?: number }
}

/** Writes it into a folder, over what is there. */
export async function writeSmallApp(folder: string, behaviour: Partial<Behaviour>, name = 'small-app'): Promise<void> {
  const manifest = {
    name,
    version: '1.0.0',
    type: 'module',
    scripts: { build: 'node build.mjs', start: 'node server.mjs' },
  }
  const lock = {
    name,
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': { name, version: '1.0.0' } },
  }
  const files: Record<string, string> = {
    'package.json': JSON.stringify(manifest),
    'package-lock.json': JSON.stringify(lock),
    'build.mjs': build,
    'server.mjs': server,
    'behaviour.json': JSON.stringify({ version: 'one', build: {}, start: {}, ...behaviour }),
    '.env': 'DATABASE_URL=a-secret-of-the-file\n',
    '.env.local': 'MINE=a-secret-of-the-owner\n',
  }
  await mkdir(folder, { recursive: true })
  for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content)
}

export const makeFolder = () => mkdtemp(join(tmpdir(), 'opsai-deploy-'))
