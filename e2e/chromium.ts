// A real Chromium, wherever this machine has one: named, installed, or brought by npm as the last resort.
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
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

/** No window on screen, no talk with its makers, scrollbars left out of pictures; nothing about how pages behave. */
const quiet = [
  '--headless=new',
  '--hide-scrollbars',
  '--mute-audio',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-field-trial-config',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--disable-quic',
]

/** How to start it, whatever drives it. */
export interface ChromiumCommand {
  executablePath: string
  args: string[]
}

/**
 * The browser and its arguments. They are all it is to be started with: drivers' own defaults switch off what sign-in
 * windows meet in people's browsers, such as partitioned storage and the popup blocker.
 */
export async function findChromium(): Promise<ChromiumCommand> {
  const { executablePath, args } = await findBrowser()
  const isRoot = process.getuid?.() === 0
  return { executablePath, args: [...quiet, ...args, ...(isRoot ? ['--no-sandbox'] : [])] }
}

/** Launches it. */
export async function launchChromium(): Promise<Browser> {
  const { executablePath, args } = await findChromium()
  const profile = await mkdtemp(join(tmpdir(), 'opsai-profile-'))
  const browser = await chromium.launch({
    executablePath,
    ignoreDefaultArgs: true,
    args: [...args, '--remote-debugging-pipe', `--user-data-dir=${profile}`, 'about:blank'],
  })
  browser.once('disconnected', () => void rm(profile, { recursive: true, force: true, maxRetries: 5 }))
  return browser
}

async function findBrowser(): Promise<ChromiumCommand> {
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
async function unpackChromium(): Promise<ChromiumCommand> {
  process.env.TMPDIR = await mkdtemp(join(tmpdir(), 'opsai-chromium-'))
  if (!hasOwnNss()) process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x'
  const { default: packaged } = await import('@sparticuz/chromium')
  // Of its own arguments only this: others make it one process, where a popup ends the browser, or switch security off.
  return { executablePath: await packaged.executablePath(), args: ['--no-sandbox', '--headless=shell'] }
}
