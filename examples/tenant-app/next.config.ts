import type { NextConfig } from 'next'
import { needsClientRuntime } from './scripts/client-runtime'

process.env.NEXT_TELEMETRY_DISABLED ??= '1'

const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'X-Robots-Tag', value: 'noindex, nofollow' },
  // Addresses hold what was searched for and keys of rows.
  { key: 'Referrer-Policy', value: 'no-referrer' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
]

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // For an image: `NEXT_OUTPUT=standalone npm run build`, then run .next/standalone/server.js.
  ...(process.env.NEXT_OUTPUT === 'standalone' && { output: 'standalone' as const }),
  outputFileTracingRoot: import.meta.dirname,
  headers: () => Promise.resolve([{ source: '/:path*', headers }]),
  // `next dev` uses Turbopack, `npm run build` webpack, for the rule below.
  turbopack: { root: import.meta.dirname },
  webpack(config: { module: { rules: unknown[] } }, { isServer, dev }: { isServer: boolean; dev: boolean }) {
    // Every page here is drawn on the server, and works without a script. Next would send its own 130 KiB all the same:
    // as long as no file says 'use client', they are left out. The first one that does brings them back.
    if (!isServer && !dev && !needsClientRuntime(import.meta.dirname)) {
      const runtime = /[\\/]next[\\/]dist[\\/](client|shared|lib|compiled[\\/](react|scheduler|process))/
      config.module.rules.push({ test: runtime, enforce: 'post', use: `${import.meta.dirname}/scripts/no-code.mjs` })
    }
    return config
  },
}

export default config
