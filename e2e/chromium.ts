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

/** @sparticuz/chromium brings its own libraries when it thinks it is on Lambda, into a TMPDIR that is still empty. */
async function unpackChromium(): Promise<{ executablePath: string; args: string[] }> {
  process.env.TMPDIR = await mkdtemp(join(tmpdir(), 'opsai-chromium-'))
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  return { executablePath: await packaged.executablePath(), args: packaged.args }
}
