// The host's own scripts and styles, built from the packages' sources as a host's bundler would.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export interface HostFile {
  type: string
  body: string
}

/** By path. */
export async function bundleHost(): Promise<Map<string, HostFile>> {
  const pages = ['app-page.tsx', 'return-page.ts', 'probe.ts'].map((name) =>
    fileURLToPath(new URL(`host/${name}`, import.meta.url)),
  )
  const { outputFiles } = await build({
    entryPoints: [...pages, { in: '@opsai/react/styles.css', out: 'styles' }].map((entry) =>
      typeof entry === 'string' ? { in: entry, out: entry.replace(/^.*\/(.*)\.tsx?$/, '$1') } : entry,
    ),
    bundle: true,
    write: false,
    outdir: '/',
    format: 'esm',
    splitting: true,
    target: 'es2022',
    jsx: 'automatic',
    conditions: ['opsai-source', 'browser', 'module', 'import', 'style'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  return new Map(
    outputFiles.map(({ path, text }) => [
      path,
      { type: path.endsWith('.css') ? 'text/css' : 'text/javascript', body: text },
    ]),
  )
}
