import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts', testing: 'src/testing.ts', 'acme-crm-main': 'src/acme-crm/main.ts' },
  format: 'esm',
  target: 'es2022',
  clean: true,
  dts: { entry: { index: 'src/index.ts', testing: 'src/testing.ts' }, compilerOptions: { ignoreDeprecations: '6.0' } },
})
