import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// One project a level (ARCHITECTURE.md "Tests"): what a test needs decides where it runs, and its file name says which.
// Vitest hands `ssr.resolve.conditions` to Node as `--conditions`: `import` or `module` among them breaks CommonJS packages.
const conditions = ['opsai-source', 'node']
// The tenant's app is a Next app, and says of its database code that no browser may have it.
const tenantApp = fileURLToPath(new URL('./examples/tenant-app', import.meta.url))
const base = {
  resolve: { conditions, alias: { 'server-only': `${tenantApp}/tests/server-only.ts` } },
  ssr: { resolve: { conditions } },
  environments: { __vitest__: { resolve: { conditions } } },
}

export default defineConfig({
  test: {
    projects: [
      {
        ...base,
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'examples/tenant-app/{tests,sample}/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/*.db.test.ts', '**/*.contract.test.ts'],
        },
      },
      {
        resolve: { conditions: ['opsai-source', 'module', 'browser', 'import', 'default'] },
        plugins: [react()],
        test: {
          name: 'ui',
          environment: 'jsdom',
          include: ['packages/react/src/**/*.test.tsx'],
          setupFiles: ['packages/react/src/test/setup.ts'],
        },
      },
      {
        ...base,
        test: {
          name: 'db',
          include: ['packages/*/src/**/*.db.test.ts', 'examples/tenant-app/sample/*.db.test.ts'],
          globalSetup: ['.ci/postgres.setup.ts', '.ci/openapi/count.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...base,
        test: {
          name: 'contract',
          include: ['packages/*/src/**/*.contract.test.ts'],
          globalSetup: ['.ci/postgres.setup.ts', '.ci/openapi/count.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...base,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.spec.ts'],
          // No sync begins in the middle of a test by itself.
          env: { OPSAI_SYNC_EVERY: 'manual' },
          globalSetup: ['.ci/openapi/count.setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        ...base,
        test: {
          name: 'prove',
          include: ['e2e/**/*.spec.ts', 'e2e/**/*.prove.ts'],
          env: { OPSAI_PROVE: '1', OPSAI_SYNC_EVERY: 'manual' },
          globalSetup: ['.ci/openapi/count.setup.ts'],
          testTimeout: 1_800_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
