// What an app may do to the process that runs it, and what else may be in its way on this machine.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import {
  createLocalDeployer,
  type DeployError,
  type LocalDeployer,
  type LocalDeployerOptions,
} from '@opsai/apps/deploy'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeFolder, writeSmallApp } from './small-app.js'

const env = { DATABASE_URL: 'postgres://t_1_app:pw-of-the-tenant@db.example/warehouse' }
let packages: string
let folder: string
const open: LocalDeployer[] = []

beforeAll(async () => void (packages = await makeFolder()))
afterAll(() => rm(packages, { recursive: true, force: true }))
beforeEach(async () => void (folder = await makeFolder()))
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
  await rm(folder, { recursive: true, force: true })
})

function create(more: Partial<LocalDeployerOptions> = {}): LocalDeployer {
  const made = createLocalDeployer({
    directory: join(folder, 'deployed'),
    installCache: packages,
    portFrom: 4750,
    ...more,
  })
  open.push(made)
  return made
}
const app = () => ({ name: 'acme', directory: join(folder, 'acme'), env })
/** The app, with a program of its own in the place of one of its scripts. It may say who it is in `note`. */
async function write(script: 'build' | 'server', program: string) {
  await writeSmallApp(join(folder, 'acme'), {}, 'acme-app')
  const head = `import { writeFileSync } from 'node:fs'\nconst note = (text) => writeFileSync(${JSON.stringify(note())}, text)\n`
  await writeFile(join(folder, 'acme', `${script}.mjs`), head + program)
}
const note = () => join(folder, 'note')
const isAlive = (pid: number) => existsSync(`/proc/${pid}`)
const failure = (deploying: Promise<unknown>) =>
  deploying.then(
    () => Promise.reject(new Error('it did not fail')),
    (error: unknown) => error as DeployError,
  )

async function noted(): Promise<number> {
  for (;;) {
    const text = await readFile(note(), 'utf8').catch(() => '')
    if (text) return Number(text)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function listen(port: number, host: string): Promise<() => void> {
  const server = createServer((_, answer) => answer.end("somebody else's"))
  await new Promise<void>((listening) => server.listen(port, host, listening))
  return () => server.close()
}

describe('its port', () => {
  const late = `
    import { createServer } from 'node:http'
    note(process.env.PORT)
    const listen = () => createServer((_, answer) => answer.end('mine')).listen(Number(process.env.PORT), '127.0.0.1')
    setTimeout(listen, 1_000)`

  test('is taken by somebody who is quicker: their answer is not taken for the app’s, and the next try goes elsewhere', async () => {
    await write('server', late)
    const deployer = create()
    const deploying = failure(deployer.deploy(app()))
    const port = await noted()
    const leave = await listen(port, '127.0.0.1')
    expect(await deploying).toMatchObject({
      step: 'starting',
      retryable: true,
      message: expect.stringContaining(`${port}`) as string,
    })
    expect(await deployer.inspect('acme')).toEqual({ state: 'absent' })
    const { url } = await deployer.deploy(app())
    expect(await (await fetch(url as string)).text()).toBe('mine')
    leave()
  })

  test('is somebody’s on the other address of localhost: another one is taken', async () => {
    const leave = await listen(4750, '::1')
    await write('server', late)
    expect(await create().deploy(app())).toMatchObject({ url: 'http://localhost:4751' })
    leave()
  })

  test('was kept by a process that died before it was told: it is used, and given back', async () => {
    const ports = join(folder, 'deployed/ports')
    await mkdir(ports, { recursive: true })
    for (const port of ['4750', '4755']) await writeFile(join(ports, port), 'acme')
    await write('server', late)
    const deployer = create()
    expect(await deployer.deploy(app())).toMatchObject({ url: 'http://localhost:4750' })
    await deployer.remove('acme')
    expect(await readdir(ports)).toEqual([])
  })
})

describe('what it prints', () => {
  test('a gigabyte without the end of a line costs its host no memory and no life', async () => {
    await write(
      'build',
      `let left = 1024
       const print = () => {
         while (left-- > 0) if (!process.stdout.write('x'.repeat(1 << 20))) return process.stdout.once('drain', print)
         process.exitCode = 1
       }
       print()`,
    )
    let most = 0
    const before = process.memoryUsage.rss()
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20)
    expect(await failure(create().deploy(app()))).toMatchObject({ message: expect.stringMatching(/x…$/) as string })
    clearInterval(timer)
    expect((most - before) / 2 ** 20).toBeLessThan(150)
  })

  test('a secret is gone before what is shown is cut, so that no half of one is left', async () => {
    await write('build', `console.log(process.env.DATABASE_URL + ' ' + 'y'.repeat(1970)); process.exitCode = 1`)
    const { message } = await failure(create().deploy(app()))
    expect(message).not.toContain('tenant@db.example')
    await write('build', `console.log('y'.repeat(65500) + process.env.DATABASE_URL); process.exitCode = 1`)
    expect((await failure(create().deploy(app()))).message).not.toContain('postgres')
  })
})

describe('what is left of it', () => {
  test('a process that has left its group is not waited for', async () => {
    await write(
      'build',
      `import { spawn } from 'node:child_process'
       note(String(spawn('sleep', ['25'], { detached: true, stdio: 'inherit' }).pid))
       console.log('left somebody')
       process.exit(1)`,
    )
    const began = performance.now()
    expect(await failure(create().deploy(app()))).toMatchObject({
      message: expect.stringContaining('left somebody') as string,
    })
    expect(performance.now() - began).toBeLessThan(8_000)
    process.kill(await noted(), 'SIGKILL')
  })

  test('a machine that lost power in the middle of writing a state down has lost that state, and no more', async () => {
    await writeSmallApp(join(folder, 'acme'), {}, 'acme-app')
    const state = join(folder, 'deployed/apps/acme/state.json')
    const first = create()
    const { url } = await first.deploy(app())
    await first.close()
    for (const left of ['', '{"port":', '{}']) {
      await writeFile(state, left)
      const deployer = create()
      expect(await deployer.inspect('acme')).toEqual({ state: 'absent' })
      expect(await deployer.list()).toEqual([])
      expect(await deployer.deploy(app())).toMatchObject({ url })
      await deployer.close()
    }
    await writeFile(state, '')
    await create().remove('acme')
    expect(await readdir(join(folder, 'deployed/apps'))).toEqual([])
    expect(await readdir(join(folder, 'deployed/ports'))).toEqual([])
  })

  test('what runs and could not be written down is stopped', async () => {
    await write(
      'server',
      `import { mkdirSync } from 'node:fs'
       import { createServer } from 'node:http'
       mkdirSync('../../../state.json', { recursive: true })
       note(String(process.pid))
       createServer((_, answer) => answer.end('')).listen(Number(process.env.PORT), '127.0.0.1')`,
    )
    const deployer = create()
    expect(await failure(deployer.deploy(app()))).toMatchObject({
      message: expect.stringContaining('EISDIR') as string,
    })
    expect(isAlive(await noted())).toBe(false)
    await deployer.close()
  })

  test('an app that is busy without end ends with its host, too', async () => {
    await write(
      'server',
      `import { createServer } from 'node:http'
       createServer((request, answer) => {
         if (request.url === '/busy') for (;;);
         answer.end('')
       }).listen(Number(process.env.PORT), '127.0.0.1')`,
    )
    const told = JSON.stringify({ directory: join(folder, 'deployed'), app: app() })
    const host = spawn(process.execPath, ['e2e/deploy/deploy-host.mjs', told], { stdio: ['pipe', 'pipe', 'inherit'] })
    const { url, pid } = JSON.parse(
      await new Promise<string>((resolve) => host.stdout.once('data', (data: Buffer) => resolve(data.toString()))),
    ) as { url: string; pid: number }
    await expect(fetch(`${url}/busy`, { signal: AbortSignal.timeout(300) })).rejects.toThrow()
    host.kill('SIGKILL')
    const began = performance.now()
    while (isAlive(pid) && performance.now() - began < 4_000) await new Promise((resolve) => setTimeout(resolve, 20))
    const isLeft = isAlive(pid)
    if (isLeft) process.kill(-pid, 'SIGKILL')
    expect(isLeft).toBe(false)
  })

  test('called off while it is brought up again, nothing of it runs', async () => {
    await write(
      'server',
      `import { createServer } from 'node:http'
       createServer((_, answer) => answer.end('')).listen(Number(process.env.PORT), '127.0.0.1')`,
    )
    const first = create()
    await first.deploy(app())
    await first.close()
    const release = join(
      folder,
      'deployed/apps/acme/releases',
      (await readdir(join(folder, 'deployed/apps/acme/releases')))[0] ?? '',
    )
    await writeFile(join(release, 'app/server.mjs'), 'setInterval(() => {}, 1000)')
    const gone = new AbortController()
    const starting = failure(create().start('acme', gone.signal))
    setTimeout(() => gone.abort(), 500)
    const began = performance.now()
    expect(await starting).toMatchObject({ retryable: true, message: expect.stringContaining('stopped') as string })
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})
