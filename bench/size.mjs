// What the hub costs a host's users: everything it needs but React, minified by esbuild, gzipped.
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const root = new URL('..', import.meta.url).pathname
const entries = {
  hub: `export { AirbyteProvider, AirbyteIntegrationHub } from '@opsai/react'`,
  form: `export { ConnectorForm } from '@opsai/react'`,
  'oauth-return': `export { completeConnect } from '@opsai/react/oauth-return'`,
}
const limits = { hub: 95, form: 40, 'oauth-return': 3 }

const sizes = {}
for (const [name, contents] of Object.entries(entries)) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    external: ['react', 'react-dom', 'react/jsx-runtime', 'react-dom/*'],
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
    logLevel: 'error',
  })
  sizes[name] = Math.round((gzipSync(outputFiles[0].contents, { level: 9 }).length / 1024) * 10) / 10
}
const css = await build({
  entryPoints: [`${root}packages/react/dist/styles.css`],
  minify: true,
  write: false,
  bundle: true,
})
sizes['styles.css'] = Math.round((gzipSync(css.outputFiles[0].contents, { level: 9 }).length / 1024) * 10) / 10

const over = Object.entries(limits).filter(([name, limit]) => sizes[name] > limit)
for (const [name, size] of Object.entries(sizes)) {
  console.log(
    `${name.padEnd(14)} ${String(size).padStart(6)} KiB gzip${limits[name] ? `  (limit ${limits[name]})` : ''}`,
  )
}
console.log(JSON.stringify({ bench: 'size', unit: 'KiB gzip', ...sizes, over: over.map(([name]) => name) }))
if (over.length > 0) process.exitCode = 1
