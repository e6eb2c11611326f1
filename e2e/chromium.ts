// A real Chromium, wherever this machine has one: named, installed, or brought by npm as the last resort.
import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const installed = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Storage partitioning stays on, as in the browsers people use: Playwright's own defaults switch it off. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
]

/** Launches it. */
export async function launchChromium(): Promise<Browser> {
  const { executablePath, args } = await findChromium()
  const isRoot = process.getuid?.() === 0
  return chromium.launch({ executablePath, args: [...args, ...quiet, ...(isRoot ? ['--no-sandbox'] : [])] })
}

async function findChromium(): Promise<{ executablePath: string; args: string[] }> {
  const named = process.env.CHROMIUM_PATH
  if (named) return { executablePath: named, args: [] }
  const found = installed.find((path) => existsSync(path))
  if (found) return { executablePath: found, args: [] }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium found. Install Chrome, or name one in CHROMIUM_PATH.')
  }
  return unpackChromium()
}

const hasOwnNss = () =>
  ['/usr/lib/x86_64-linux-gnu', '/lib/x86_64-linux-gnu', '/usr/lib64', '/usr/lib'].some((folder) =>
    existsSync(join(folder, 'libnss3.so')),
  )

/**
 * @sparticuz/chromium brings its own libraries only when it thinks it is on Lambda, and into a TMPDIR that is still
 * empty. Where the machine has them those are the better ones: the brought ones crash beside a newer C library.
 */
async function unpackChromium(): Promise<{ executablePath: string; args: string[] }> {
  process.env.TMPDIR = await mkdtemp(join(tmpdir(), 'opsai-chromium-'))
  if (!hasOwnNss()) process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  // Of its own arguments only this: others make it one process, where a popup ends the browser, or switch security off.
  return { executablePath: await packaged.executablePath(), args: ['--no-sandbox', '--headless=shell'] }
}
