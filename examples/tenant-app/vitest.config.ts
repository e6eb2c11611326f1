import { config as readEnv } from 'dotenv'
import { defineConfig } from 'vitest/config'

readEnv({ quiet: true })

export default defineConfig({
  resolve: { alias: { 'server-only': `${import.meta.dirname}/tests/server-only.ts` } },
  test: { include: ['{tests,sample}/**/*.test.{ts,tsx}'], testTimeout: 30_000 },
})
