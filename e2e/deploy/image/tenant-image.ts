// A tenant's app as the product writes it for Docker, with canaries in every setting and lying about, and how it is built.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { generateApp } from '@opsai/apps'
import { createDockerDeployer } from '@opsai/apps/deploy'
import { readTemplate, writeApp } from '@opsai/apps/node'
import { sampleFacts } from '../../../packages/apps/src/test/sample-facts.js'
import type { DockerDaemon } from './docker-daemon.js'
import { makeNodeImage } from './make-node-image.js'
import { answers, runTool } from './run-tool.js'
import { takeApart, type TakenApart } from './take-apart.js'

export const secrets = {
  database: 'canaryOfTheDatabase7f3a91',
  password: 'canaryOfTheApp52c8e04b',
  file: 'canaryOfAnEnvFile19bd44',
  token: 'canaryOfAnNpmToken88fa02',
  platform: 'canaryOfThePlatform6611cd',
}
const strays = {
  '.env': `APP_PASSWORD=${secrets.file}\n`,
  '.env.production': `APP_PASSWORD=${secrets.file}\n`,
  'app/.env.local': `APP_PASSWORD=${secrets.file}\n`,
  '.npmrc': `//registry.example/:_authToken=${secrets.token}\n`,
  '.git/config': `url = https://me:${secrets.token}@git.example\n`,
}

export interface BuiltImage extends TakenApart {
  /** All that was printed while it was built. */
  said: string
}

export interface TenantImage {
  /** What the deployer wrote: Dockerfile, compose.yaml, app.env … */
  written: string
  buildByDocker(name: string, args?: readonly string[]): Promise<BuiltImage>
  buildByBuildah(name: string): Promise<BuiltImage>
}

/** Writes the app below `folder` and makes the image it begins with. `registry` is npm's, as a build reaches it. */
export async function writeTenantImage(
  folder: string,
  env: Readonly<Record<string, string>>,
  { docker }: DockerDaemon,
  registry: string,
): Promise<TenantImage> {
  const written = await writeTenantApp(folder, env)
  const dockerfile = await readFile(join(written, 'Dockerfile'), 'utf8')
  const [, version = ''] = /^ARG NODE_VERSION=(\d+)$/m.exec(dockerfile) ?? []
  const base = `node:${version}-slim`
  const path = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'
  const archive = await makeNodeImage(join(folder, 'base'), version)
  await docker(['import', '--change', path, '--change', 'CMD ["node"]', archive, base])
  const common = ['--network', 'host', '--build-arg', `npm_config_registry=${registry}`]
  const platform = { OPSAI_HOST_KEY: secrets.platform }
  const toArchive = (name: string) => join(folder, `${name}.tar`)
  return {
    written,
    async buildByDocker(name, args = []) {
      const isModern = await answers('docker', ['buildx', 'version'])
      const options = { cwd: written, env: { ...platform, DOCKER_BUILDKIT: isModern ? '1' : '0' } }
      const { said } = await docker(['build', '--tag', name, ...common, ...args, '.'], options)
      console.log(`${name}: built by ${isModern ? 'BuildKit' : 'the builder of old'}`)
      return { said, ...(await saveAndTakeApart({ docker }, folder, name)) }
    },
    async buildByBuildah(name) {
      const store = ['--root', join(folder, 'buildah/root'), '--runroot', join(folder, 'buildah/run')]
      // It would want a login where Docker's settings are said to be, and needs none.
      const options = { cwd: written, env: { ...platform, BUILDAH_ISOLATION: 'chroot', DOCKER_CONFIG: undefined } }
      const buildah = (...args: string[]) => runTool('buildah', [...store, ...args], options)
      await docker(['save', base, '--output', toArchive('base')])
      await buildah('pull', `docker-archive:${toArchive('base')}`)
      const { said } = await buildah('build-using-dockerfile', '--tag', name, ...common, '.')
      await buildah('push', name, `docker-archive:${toArchive(name)}`)
      return { said, ...(await takeApart(toArchive(name), join(folder, 'apart', name))) }
    },
  }
}

export async function saveAndTakeApart(
  { docker }: Pick<DockerDaemon, 'docker'>,
  folder: string,
  name: string,
): Promise<TakenApart> {
  const archive = join(folder, `${name}.tar`)
  await docker(['save', name, '--output', archive])
  return takeApart(archive, join(folder, 'apart', name))
}

/** As the product does it; then with what people leave lying about, where .dockerignore alone keeps it out. */
async function writeTenantApp(folder: string, env: Readonly<Record<string, string>>): Promise<string> {
  const app = join(folder, 'northwind')
  const settings = Object.entries(env).map(([name, value]) => `${name}='${value}'\n`)
  const files = generateApp({ ...sampleFacts, tenant: { tenantId: 'northwind' }, template: await readTemplate() })
  await writeApp(app, files, settings.join(''))
  await writeAll(app, { ...strays, '.env': settings.join('') })
  const deployer = createDockerDeployer({ directory: join(folder, 'written') })
  await deployer.deploy({ name: 'northwind', directory: app, env })
  await writeAll(join(folder, 'written/northwind/app'), strays)
  return join(folder, 'written/northwind')
}

export async function writeAll(folder: string, files: Readonly<Record<string, string | Buffer>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}
