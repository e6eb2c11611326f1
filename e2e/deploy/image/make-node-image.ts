// The image a Dockerfile begins with, where no registry of images can be reached: of what `node:<version>-slim` is made of,
// a small Debian with Node and npm and a user called node.
import { cp, mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { runTool } from './run-tool.js'

/** Writes it to `<folder>/node.tar`, for `docker import`. Node and npm come from npm, Debian from Debian. */
export async function makeNodeImage(folder: string, version: string): Promise<string> {
  const [root, packages, file] = ['root', 'packages', 'node.tar'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  await mkdir(packages, { recursive: true })
  await runTool('debootstrap', ['--variant=minbase', 'bookworm', root])
  const node = `node-linux-${process.arch}`
  const wanted = [`${node}@${version}`, 'npm@10']
  await runTool('npm', ['install', '--prefix', packages, '--ignore-scripts', '--no-audit', '--no-fund', ...wanted])
  const local = join(root, 'usr/local')
  await cp(join(packages, 'node_modules', node, 'bin/node'), join(local, 'bin/node'))
  await cp(join(packages, 'node_modules/npm'), join(local, 'lib/node_modules/npm'), { recursive: true })
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(local, 'bin/npm'))
  await runTool('chroot', [root, 'useradd', '--uid', '1000', '--user-group', '--create-home', 'node'])
  for (const left of ['var/cache/apt', 'var/lib/apt/lists']) await rm(join(root, left), { recursive: true })
  await runTool('tar', ['-C', root, '-cf', file, '.'])
  await rm(root, { recursive: true })
  return file
}
