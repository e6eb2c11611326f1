import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const skipped = new Set(['node_modules', '.next', 'kept', 'tests', 'scripts'])

/** Whether a file of the app says 'use client', so that Next's scripts have something to do in the browser. */
export function needsClientRuntime(directory: string): boolean {
  return readdirSync(directory, { withFileTypes: true }).some((entry) => {
    if (skipped.has(entry.name)) return false
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return needsClientRuntime(path)
    return /\.[jt]sx?$/.test(entry.name) && hasDirective(readFileSync(path, 'utf8'))
  })
}

/** A directive comes before any code. */
const hasDirective = (code: string) => /^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*(['"])use client\1/.test(code)
