// An image as files: each layer in a folder of its own, so that what a later one takes away is still seen.
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { runTool } from './run-tool.js'

export interface Layer {
  /** What tells it from others: the same in each image it is part of. */
  id: string
  folder: string
}

export interface ImageConfig {
  config: { User: string; Env: string[]; Cmd: string[]; WorkingDir: string; ExposedPorts: Record<string, object> }
  history: { created_by?: string }[]
  rootfs: { diff_ids: string[] }
}

export interface TakenApart {
  /** What is said about it: its configuration, history and list of layers. */
  about: string
  layers: Layer[]
  config: ImageConfig
}

/** Of what `docker save` or `buildah push docker-archive:` wrote. Files of devices stay behind. */
export async function takeApart(archive: string, folder: string): Promise<TakenApart> {
  const about = join(folder, 'about')
  await mkdir(about, { recursive: true })
  await runTool('tar', ['-xf', archive, '-C', about])
  const json = async <T>(path: string) => JSON.parse(await readFile(join(about, path), 'utf8')) as T
  const [image] = await json<[{ Config: string; Layers: string[] }]>('manifest.json')
  const config = await json<ImageConfig>(image.Config)
  const layers: Layer[] = []
  for (const [index, path] of image.Layers.entries()) {
    const layer = { id: config.rootfs.diff_ids[index] ?? path, folder: join(folder, `layer-${index}`) }
    await mkdir(layer.folder)
    await runTool('tar', ['-xf', join(about, path), '-C', layer.folder, '--exclude=./dev/*', '--exclude=dev/*'])
    layers.push(layer)
  }
  await Promise.all(image.Layers.map((path) => rm(join(about, path), { force: true })))
  return { about, layers, config }
}

/** Its files and folders below a path, as `a/b`. */
export async function listBelow(layers: readonly Layer[], path: string): Promise<string[]> {
  const lists = layers.map(({ folder }) => readdir(join(folder, path), { recursive: true }).catch(() => []))
  return [...new Set((await Promise.all(lists)).flat())].sort()
}
