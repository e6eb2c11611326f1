import { mkdir, writeFile } from 'node:fs/promises'
import { defineConfig } from 'tsup'
import { readTemplateFolder } from './src/node/read-template.js'

export default defineConfig({
  entry: { index: 'src/index.ts', node: 'src/node/index.ts', deploy: 'src/deploy/index.ts' },
  format: 'esm',
  target: 'es2022',
  clean: true,
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  // One file: npm leaves .gitignore and the like out of what it publishes.
  onSuccess: async () => {
    await mkdir('dist', { recursive: true })
    await writeFile('dist/template.json', JSON.stringify(await readTemplateFolder('../../examples/tenant-app')))
  },
})
