// A Dockerfile carried out without Docker: each stage is a folder, each line does what it would do there. Only what the
// files written here use is known; anything else is an error.
import { execFile } from 'node:child_process'
import { cp, mkdir, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import dockerignore from '@balena/dockerignore'

export interface Stage {
  name: string
  /** Its root. */
  folder: string
  workdir: string
  env: Record<string, string>
  user: string | undefined
  cmd: string[]
}

export type Line = { verb: string; rest: string }

export const parseDockerfile = (text: string): Line[] =>
  text
    .split('\n')
    .filter((line) => line.trim() && !line.startsWith('#'))
    .map((line) => ({ verb: line.split(' ')[0] ?? '', rest: line.slice(line.indexOf(' ') + 1) }))

/** What is sent to the builder: the folder without what its .dockerignore names. */
export async function listContext(folder: string, ignored: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = all
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  return dockerignore().add(ignored).filter(paths).sort()
}

/** Carries it out below `root`, with `inherited` as all that commands get of our environment. */
export async function runDockerfile(
  lines: readonly Line[],
  context: { folder: string; paths: string[] },
  root: string,
  inherited: Record<string, string>,
): Promise<Stage[]> {
  const stages: Stage[] = []
  for (const { verb, rest } of lines) {
    const stage = stages.at(-1)
    // Asked for by none here: their defaults hold.
    if (verb === 'ARG') continue
    if (verb === 'FROM') stages.push(await beginStage(rest, stages, root))
    else if (!stage) throw new Error(`${verb} before FROM`)
    else if (verb === 'WORKDIR') await mkdir(join(stage.folder, (stage.workdir = rest)), { recursive: true })
    else if (verb === 'ENV')
      Object.assign(stage.env, Object.fromEntries(rest.split(' ').map((pair) => pair.split('='))))
    else if (verb === 'COPY') await copy(rest, stage, stages, context)
    else if (verb === 'RUN') await run(rest, stage, inherited)
    else if (verb === 'USER') stage.user = rest
    else if (verb === 'CMD') stage.cmd = JSON.parse(rest) as string[]
    else if (verb !== 'EXPOSE') throw new Error(`${verb} is not known here`)
  }
  return stages
}

async function beginStage(rest: string, stages: readonly Stage[], root: string): Promise<Stage> {
  const [from = '', , name = ''] = rest.split(' ')
  const base = stages.find((stage) => stage.name === from)
  const folder = join(root, name)
  await mkdir(folder, { recursive: true })
  if (base) await cp(base.folder, folder, { recursive: true, verbatimSymlinks: true })
  return { name, folder, workdir: base?.workdir ?? '/', env: { ...base?.env }, user: base?.user, cmd: base?.cmd ?? [] }
}

async function copy(
  rest: string,
  stage: Stage,
  stages: readonly Stage[],
  context: { folder: string; paths: string[] },
): Promise<void> {
  const words = rest.split(' ')
  const from = words[0]?.startsWith('--from=') ? stages.find(({ name }) => `--from=${name}` === words[0]) : undefined
  const [target = '', ...sources] = words.filter((word) => !word.startsWith('--')).reverse()
  const to = join(stage.folder, stage.workdir, target)
  for (const source of sources) {
    if (from) await cp(join(from.folder, source), to, { recursive: true, verbatimSymlinks: true })
    else await copyFromContext(source, to, target.endsWith('/'), context)
  }
}

async function copyFromContext(
  source: string,
  to: string,
  isInto: boolean,
  { folder, paths }: { folder: string; paths: string[] },
): Promise<void> {
  const isFolder = (await stat(join(folder, source))).isDirectory()
  const below = isFolder ? `${source.replace(/\/$/, '')}/` : ''
  const found = paths.filter((path) => (isFolder ? path.startsWith(below) : path === source))
  if (found.length === 0) throw new Error(`COPY ${source}: not in the context`)
  for (const path of found) {
    const name = isFolder ? path.slice(below.length) : (path.split('/').at(-1) as string)
    await cp(join(folder, path), isInto || isFolder ? join(to, name) : to)
  }
}

async function run(command: string, stage: Stage, inherited: Record<string, string>): Promise<void> {
  const env = { ...inherited, ...stage.env } as unknown as NodeJS.ProcessEnv
  const options = { cwd: join(stage.folder, stage.workdir), env, maxBuffer: 64 * 1024 * 1024 }
  await promisify(execFile)('/bin/sh', ['-c', command], options).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`RUN ${command}: ${error.stdout}\n${error.stderr}`)
    },
  )
}
