import type { Files } from '../facts.js'
import { toWords } from '../names/labels.js'

/** A package's name for a tenant's app. */
export function toPackageName(name: string): string {
  const plain = toWords(name.normalize('NFKD').replace(/\p{M}/gu, ''))
    .join('-')
    .replace(/[^a-z0-9-]/g, '')
  return `${plain.replace(/-+/g, '-').replace(/^-|-$/g, '').slice(0, 100) || 'tenant'}-app`
}

/** Names the package in every file that says how it is called. */
export function namePackage(files: Files, name: string): Files {
  const renamed = { ...files }
  const manifest = files['package.json']
  if (manifest) renamed['package.json'] = print({ ...(JSON.parse(manifest) as object), name })
  const lock = files['package-lock.json']
  if (lock) renamed['package-lock.json'] = print(renameLock(JSON.parse(lock) as Lock, name))
  return renamed
}

interface Lock {
  name?: string
  packages?: Record<string, object>
}

const renameLock = (lock: Lock, name: string): Lock => ({
  ...lock,
  name,
  ...(lock.packages && { packages: { ...lock.packages, '': { ...lock.packages[''], name } } }),
})

const print = (value: object) => `${JSON.stringify(value, null, 2)}\n`
