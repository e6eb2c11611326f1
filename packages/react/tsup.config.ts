import { defineConfig, type Options } from 'tsup'

/** The build script clears `dist`: these run side by side, and one's clearing would take away what another wrote. */
const shared: Options = { format: 'esm', target: 'es2022', clean: false }

export default defineConfig((options) => [
  {
    ...shared,
    // One file a module: a bundler then leaves out whole files that a host doesn't use, which no chunk lets it do.
    entry: ['src/**/*.{ts,tsx}', '!src/**/*.{test,stories}.{ts,tsx}', '!src/test/**', '!src/testing/test-hub.tsx'],
    bundle: false,
    // Every file carries it: hooks and components only run in the client half of an RSC host.
    banner: { js: '"use client";' },
  },
  { ...shared, entry: { styles: 'src/styles/styles.css' } },
  ...(options.dts === false
    ? []
    : [
        {
          ...shared,
          entry: {
            index: 'src/index.ts',
            headless: 'src/headless.ts',
            testing: 'src/testing.ts',
            'oauth-popup': 'src/oauth-popup.ts',
            'oauth-return': 'src/oauth-return.ts',
          },
          dts: { only: true, compilerOptions: { ignoreDeprecations: '6.0' } },
        } satisfies Options,
      ]),
])
