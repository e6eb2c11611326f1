// The host's own pages, built from the packages' sources as a host's bundler would.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

export interface HostFile {
  type: string
  body: string
}

/** By path. */
export async function bundleHostPages(): Promise<Map<string, HostFile>> {
  const { outputFiles } = await build({
    entryPoints: ['app-page.tsx', 'return-page.ts'].map((name) =>
      fileURLToPath(new URL(`host/${name}`, import.meta.url)),
    ),
    bundle: true,
    write: false,
    outdir: '/',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    conditions: ['opsai-source', 'browser', 'module', 'import'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  return new Map(outputFiles.map(({ path, text }) => [path, { type: 'text/javascript', body: text }]))
}

export function toHostPage(path: string, tenantId: string): string {
  const script = path === '/airbyte-return' ? '/return-page.js' : '/app-page.js'
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">
<script type="module" src="${script}"></script></head><body data-tenant="${tenantId}"><main id="root"></main></body></html>`
}
