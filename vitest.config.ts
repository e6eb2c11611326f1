import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// One project a level (ARCHITECTURE.md "Tests"): what a test needs decides where it runs, and its file name says which.
// Vitest hands `ssr.resolve.conditions` to Node as `--conditions`: `import` or `module` among them breaks CommonJS packages.
const conditions = ['opsai-source', 'node']
// The tenant's app is a Next app, and says of its database code that no browser may have it.
const tenantApp = fileURLToPath(new URL('./examples/tenant-app', import.meta.url))
// Vitest leaves a core to itself, which on a machine of two is half of it. Tests of borders wait more than they work:
// one file more than there are cores.
const cores = Math.max(2, availableParallelism())
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
          maxWorkers: cores,
          include: ['packages/*/src/**/*.test.ts', 'examples/tenant-app/{tests,sample}/*.test.{ts,tsx}'],
          exclude: ['**/node_modules/**', '**/*.db.test.ts', '**/*.contract.test.ts'],
        },
      },
      {
        resolve: { conditions: ['opsai-source', 'module', 'browser', 'import', 'default'] },
        plugins: [react()],
        test: {
          name: 'ui',
          maxWorkers: cores,
          environment: 'jsdom',
          include: ['packages/react/src/**/*.test.tsx'],
          setupFiles: ['packages/react/src/test/setup.ts'],
        },
      },
      {
        ...base,
        test: {
          name: 'db',
          maxWorkers: cores + 1,
          include: ['packages/*/src/**/*.db.test.ts', 'examples/tenant-app/sample/*.db.test.ts'],
          setupFiles: ['.ci/postgres.worker.ts'],
          globalSetup: ['.ci/postgres.setup.ts', '.ci/openapi/count.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...base,
        test: {
          name: 'contract',
          maxWorkers: cores + 1,
          include: ['packages/*/src/**/*.contract.test.ts'],
          setupFiles: ['.ci/postgres.worker.ts'],
          globalSetup: ['.ci/postgres.setup.ts', '.ci/openapi/count.setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...base,
        test: {
          name: 'e2e',
          // Each file has its own processes, ports and browser; more than two at once are slower than they are patient.
          maxWorkers: 2,
          include: ['e2e/**/*.spec.ts'],
          // No sync begins in the middle of a test by itself.
          env: { OPSAI_SYNC_EVERY: 'manual' },
          globalSetup: ['.ci/openapi/count.setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
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
