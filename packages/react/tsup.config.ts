import { defineConfig } from 'tsup'

export default defineConfig({
  entry: ["src/index.ts", "src/headless.ts", "src/testing.ts", "src/oauth-return.ts"],
  format: 'esm',
  target: 'es2022',
  clean: true,
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  // Every file carries it: hooks and components only run in the client half of an RSC host.
  banner: { js: '"use client";' },
})
