import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    headless: 'src/headless.ts',
    testing: 'src/testing.ts',
    'oauth-return': 'src/oauth-return.ts',
    styles: 'src/styles/styles.css',
  },
  format: 'esm',
  target: 'es2022',
  clean: true,
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  // Every file carries it: hooks and components only run in the client half of an RSC host.
  banner: { js: '"use client";' },
})
