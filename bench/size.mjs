// What the kit costs a host's users, minified by esbuild and gzipped: the hub with everything it needs but React, the
// form with everything but React and react-query (radix, which neither has, would not count either), its validator
// included; a sign-in alone, as a page has it before the click; the script of the return page. What is fetched later, when
// it is looked at or clicked, counts apart.
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
const react = ['react', 'react-dom', 'react/jsx-runtime', 'react-dom/*']
const entries = {
  hub: { contents: `export { AirbyteProvider, AirbyteIntegrationHub } from '@opsai/react'`, limit: 95 },
  form: {
    contents: `export { ConnectorForm } from '@opsai/react'`,
    external: ['@tanstack/react-query', '@radix-ui/*'],
    limit: 31,
  },
  'oauth-popup': {
    contents: `export { createOAuthPopup, createOAuthPopupDom, createProxyAccess } from '@opsai/react/oauth-popup'`,
    limit: 3.5,
  },
  'oauth-return': { contents: `export { completeConnect } from '@opsai/react/oauth-return'`, limit: 2 },
}
const shared = {
  bundle: true,
  minify: true,
  write: false,
  target: 'es2022',
  define: { 'process.env.NODE_ENV': '"production"' },
  conditions: process.env.FROM_SOURCE ? ['opsai-source'] : [],
  absWorkingDir: root,
  logLevel: 'error',
}
const toKiB = (bytes) => Math.round((bytes / 1024) * 100) / 100

/** Every file of a bundle that `names` come to by imports of these kinds, themselves included. */
function withImports(outputs, names, kinds) {
  const reached = new Set()
  const visit = (name) => {
    if (reached.has(name) || outputs[name] === undefined) return
    reached.add(name)
    for (const { path, kind } of outputs[name].imports) if (kinds.includes(kind)) visit(path)
  }
  names.forEach(visit)
  return [...reached]
}

/** Bytes of an entry with what it imports, and of all that it only imports later. */
async function measure({ contents, external = [] }) {
  const { outputFiles, metafile } = await build({
    ...shared,
    stdin: { contents, resolveDir: root },
    external: [...react, ...external],
    format: 'esm',
    splitting: true,
    outdir: 'measured',
    metafile: true,
  })
  const { outputs } = metafile
  const entry = Object.keys(outputs).filter((name) => outputs[name].entryPoint === '<stdin>')
  const atOnce = withImports(outputs, entry, ['import-statement'])
  const sometime = withImports(outputs, entry, ['import-statement', 'dynamic-import'])
  const gzipped = (names) =>
    outputFiles
      .filter(({ path }) => names.some((name) => resolve(root, name) === path))
      .reduce((sum, { contents: code }) => sum + gzipSync(code, { level: 9 }).length, 0)
  return { size: gzipped(atOnce), later: gzipped(sometime.filter((name) => !atOnce.includes(name))) }
}

const sizes = {}
const over = []
for (const [name, entry] of Object.entries(entries)) {
  const { size, later } = await measure(entry)
  sizes[name] = toKiB(size)
  if (later > 0) sizes[`${name}, later`] = toKiB(later)
  if (size > entry.limit * 1024) over.push(name)
}
const css = await build({
  ...shared,
  stdin: { contents: `@import '@opsai/react/styles.css';`, loader: 'css', resolveDir: root },
})
sizes['styles.css'] = toKiB(gzipSync(css.outputFiles[0].contents, { level: 9 }).length)

for (const [name, size] of Object.entries(sizes)) {
  const { limit } = entries[name] ?? {}
  console.log(
    `${name.padEnd(18)} ${size.toFixed(2).padStart(6)} KiB gzip${limit === undefined ? '' : `  (limit ${limit})`}`,
  )
}
console.log(JSON.stringify({ bench: 'size', unit: 'KiB gzip', ...sizes, over }))
if (over.length > 0) process.exitCode = 1
