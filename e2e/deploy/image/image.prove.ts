// The image of a tenant's app, really built and run: what is in it, what is not, and that it does what compose.yaml says.
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeFolder } from '../small-app.js'
import { findSecrets } from './canaries.js'
import { type DockerDaemon, startDocker, whyNoDocker } from './docker-daemon.js'
import { startRegistryRelay } from './registry-relay.js'
import { readService, runService } from './run-service.js'
import { answers } from './run-tool.js'
import { listBelow, takeApart } from './take-apart.js'
import { type Door, startTenantData, type TenantData } from './tenant-data.js'
import {
  type BuiltImage,
  saveAndTakeApart,
  secrets,
  type TenantImage,
  writeAll,
  writeTenantImage,
} from './tenant-image.js'

const why = await whyNoDocker()
if (why) console.log(`No image is built here: ${why}.`)

// As awkward as one can be: every reader of an env_file is to hand it on letter by letter.
const APP_PASSWORD = `"${secrets.password}" $HOME \${HOME} #1 \\n =%41`

describe.skipIf(why)('the image of a tenant’s app', () => {
  let folder: string
  let daemon: DockerDaemon
  let registry: string
  let data: TenantData
  let database: Door
  let env: Record<string, string>
  let image: TenantImage
  const closing: (() => unknown)[] = []

  beforeAll(async () => {
    folder = await makeFolder()
    daemon = await startDocker(join(folder, 'docker'))
    closing.unshift(daemon.close)
    const relay = await startRegistryRelay()
    registry = relay.url
    data = await startTenantData(folder, secrets.database)
    closing.unshift(relay.close, data.close)
    await daemon.docker(['network', 'create', 'tenants'])
    closing.unshift(() => daemon.docker(['network', 'rm', 'tenants']))
    const inspected = ['network', 'inspect', 'tenants', '--format', '{{(index .IPAM.Config 0).Gateway}}']
    database = await data.listenAt((await daemon.docker(inspected)).stdout.trim())
    closing.unshift(database.close)
    const others = { ACME_CRM_ENABLED: 'true', POSTGRES_ENABLED: 'true', SIGNS: '~=.:/@%41+,?&-', NOTHING: '' }
    env = { DATABASE_URL: database.url, DATABASE_SCHEMA: data.schema, APP_PASSWORD, ...others }
    image = await writeTenantImage(folder, env, daemon, registry)
  }, 600_000)
  afterAll(async () => {
    for (const close of closing) await close()
    await rm(folder, { recursive: true, force: true })
  })

  /** All that is said about it, and each layer; not those of its base where that is named. */
  async function search({ about, layers, said }: BuiltImage, base: readonly string[] = []) {
    await writeFile(join(about, 'said'), said)
    const folders = layers.filter(({ id }) => !base.includes(id)).map((layer) => layer.folder)
    const { found, files, bytes } = await findSecrets([about, ...folders], secrets)
    console.log(`searched ${files} files, ${Math.round(bytes / 1e6)} MB`)
    return found
  }

  test('Docker builds it, and no secret is in any layer, in its history or in what the build said', async () => {
    const built = await image.buildByDocker('northwind')
    expect(await search(built)).toEqual([])
    expect(JSON.stringify(built.config), 'nor where its packages came from').not.toContain(registry)

    const stage = await image.buildByDocker('stage', ['--target', 'build'])
    const base = built.config.rootfs.diff_ids.slice(0, 1)
    expect(await search(stage, base), 'a cache of builds keeps this one, too').toEqual([])
  })

  test('a secret is found in whichever way it is in an image: this search sees', async () => {
    const forms = {
      raw: APP_PASSWORD,
      json: JSON.stringify(JSON.stringify({ 'a "key"': APP_PASSWORD })),
      url: encodeURIComponent(APP_PASSWORD),
      ...Object.fromEntries(['', '-', '--'].map((before) => [`base64${before}`, toBase64(before + APP_PASSWORD)])),
      hex: Buffer.from(APP_PASSWORD).toString('hex'),
      utf16: Buffer.from(APP_PASSWORD, 'utf16le'),
      'packed.gz': gzipSync(gzipSync(APP_PASSWORD)),
      'packed.js.br': brotliCompressSync(APP_PASSWORD),
    }
    const context = join(folder, 'leaky')
    // What a later layer takes away is still there, and so is what only a name or the configuration holds.
    const lines = ['FROM northwind', 'USER root', 'COPY . /leak/', 'RUN rm -r /leak', `ENV TOKEN=${secrets.token}`]
    await writeAll(context, { ...forms, [secrets.file]: 'its name', Dockerfile: lines.join('\n') })
    await daemon.docker(['build', '--tag', 'leaky', '--network', 'host', '.'], { cwd: context })
    const taken = await saveAndTakeApart(daemon, folder, 'leaky')
    const found = await search({ ...taken, said: `key ${secrets.platform}` })
    for (const name of Object.keys(forms))
      expect(found).toContainEqual(expect.stringMatching(new RegExp(`^password: .*/leak/${name}$`)))
    for (const other of [/^file: .*\/leak\//, /^token: .*\/about\//, /^platform: .*\/said$/])
      expect(found).toContainEqual(expect.stringMatching(other))
  })

  test('it is nobody’s, and holds what runs and nothing else', async () => {
    const { layers, config } = await takeApart(join(folder, 'northwind.tar'), join(folder, 'apart/again'))
    expect(config.config).toMatchObject({ User: 'node', Cmd: ['node', 'server.js'], WorkingDir: '/app' })
    expect(Object.keys(config.config.ExposedPorts)).toEqual(['3000/tcp'])
    const ours = layers.slice(1)
    const paths = await listBelow(ours, 'app')
    expect(paths).toContain('server.js')
    const own = paths.filter((path) => !path.startsWith('node_modules/'))
    const unwanted = /(^|\/)(\.env.*|\.npmrc|\.git.*|app\.env|package-lock\.json|tests|cache)$|\.(ts|tsx|map)$/
    expect(own.filter((path) => unwanted.test(path))).toEqual([])
    const { devDependencies } = JSON.parse(await readFile(join(image.written, 'app/package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect(Object.keys(devDependencies).filter((name) => paths.includes(`node_modules/${name}`))).toEqual([])
    let bytes = 0
    for (const layer of ours)
      for (const path of await listBelow([layer], 'app')) {
        const { uid, mode, size } = await stat(join(layer.folder, 'app', path))
        expect([uid, mode & 0o022], `${path} is not the app's to change`).toEqual([0, 0])
        bytes += size
      }
    console.log(`${paths.length} files and folders, ${(bytes / 1e6).toFixed(1)} MB more than its base`)
  })

  test('it runs as its compose.yaml says, shows rows, and ends when told to, with the page it was at', async () => {
    const { docker } = daemon
    const began = performance.now()
    const service = await runService(daemon, image.written, 'tenants')
    const healthy = performance.now() - began
    try {
      const authorization = `Basic ${toBase64(`anybody:${APP_PASSWORD}`)}`
      const open = (path: string) => fetch(service.url + path, { headers: { authorization } })
      expect((await fetch(service.url)).status, 'nobody looks in without the password').toBe(401)
      expect(await (await open('/')).text()).toContain('href="/streams/postgres-customers"')
      expect(await (await open('/streams/postgres-customers')).text()).toContain('customer1@example.com')

      const inside = async (...command: string[]) => docker(['exec', service.container, ...command])
      expect((await inside('id', '-un')).stdout.trim()).toBe('node')
      const status = (await inside('cat', '/proc/self/status')).stdout
      expect(status).toMatch(/CapBnd:\s+0{16}[^]*NoNewPrivs:\s+1/)
      await expect(inside('touch', '/home/node/own')).rejects.toThrow('Read-only file system')

      const [, ...check] = (await readService(image.written)).healthcheck.test
      await inside(...check)
      await data.admin.query(`ALTER ROLE tenant_reader NOLOGIN;
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'tenant_reader'`)
      await expect(inside(...check), 'without its database it is not well').rejects.toThrow('ended with 1')
      await data.admin.query('ALTER ROLE tenant_reader LOGIN')
      await inside(...check)

      database.hold(true)
      const page = open('/streams/postgres-customers').then((answer) => answer.text(), String)
      await until(async () => (await data.admin.query(reading)).rowCount)
      const told = performance.now()
      const stopped = service.stop().then(() => performance.now() - told)
      await until(() => isRefused(service.url))
      database.hold(false)
      expect(await page).toContain('customer1@example.com')
      const [up, down] = [healthy, await stopped].map((milliseconds) => (milliseconds / 1000).toFixed(1))
      console.log(`healthy after ${up} s, ended ${down} s after it was told to`)
      const state = (await docker(['inspect', '--format', '{{.State.ExitCode}}', service.container])).stdout.trim()
      expect(['0', '143'], 'by itself, not killed').toContain(state)
      const logs = join(folder, 'logs')
      await writeAll(logs, { said: (await docker(['logs', service.container])).said })
      expect((await findSecrets([logs], secrets)).found).toEqual([])
    } finally {
      database.hold(false)
      await service.remove()
    }
  })

  test('Compose reads it as it was meant', async ({ skip }) => {
    skip(!daemon.hasCompose, 'no docker compose')
    const { stdout } = await daemon.docker(['compose', 'config', '--format', 'json'], { cwd: image.written })
    const { app } = (JSON.parse(stdout) as { services: { app: { environment: Record<string, string> } } }).services
    const settings = Object.entries(app.environment).map(([name, value]) => [name, value.replaceAll('$$', '$')])
    expect(Object.fromEntries(settings)).toEqual(env)
    expect(app).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      tmpfs: ['/tmp', '/app/.next/cache'],
      ports: [{ host_ip: '127.0.0.1', target: 3000, published: '3000', protocol: 'tcp' }],
      healthcheck: { interval: '10s', retries: 3 },
    })
  })

  test('who knows no quotes in an env_file reads it right as well, but for what needs them', async () => {
    const run = ['run', '--rm', '--network', 'none', '--env-file', 'app.env', 'northwind', 'env']
    const { stdout } = await daemon.docker(run, { cwd: image.written })
    const { APP_PASSWORD: quoted, ...others } = env
    expect(parse(stdout)).toMatchObject({ ...others, APP_PASSWORD: `'${quoted}'` })
  })

  test('so does buildah build it, where there is no Docker at all', async ({ skip }) => {
    skip(!(await answers('buildah', ['--version'])), 'no buildah')
    const built = await image.buildByBuildah('by-buildah')
    expect(await search(built)).toEqual([])
    expect(built.config.config).toMatchObject({ User: 'node', Cmd: ['node', 'server.js'], WorkingDir: '/app' })
    expect(await listBelow(built.layers.slice(1), 'app')).toContain('server.js')
  })
})

/** A transaction of the app that waits for the app. */
const reading = `SELECT FROM pg_stat_activity WHERE usename = 'tenant_reader' AND state LIKE 'idle in transaction%'`

async function until(check: () => unknown): Promise<void> {
  for (let tries = 0; !(await check()); tries++) {
    if (tries === 150) throw new Error('It did not come to that.')
    await sleep(50)
  }
}

const isRefused = (url: string) =>
  fetch(url).then(
    () => false,
    () => true,
  )

const parse = (text: string) => Object.fromEntries(text.split('\n').map((line) => line.split(/=(.*)/s)))

const toBase64 = (text: string) => Buffer.from(text).toString('base64')
