// The form in a real browser, under the strictest policy a host can have: bundle, server, page, and all that goes wrong.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { FormSpec } from '@opsai/react/headless'
import { build } from 'esbuild'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { launchChromium } from '../chromium.js'
import type { ShowOptions } from './page.js'

/** No unsafe-*, no strings turned into script anywhere. */
export const policy = "default-src 'self'; require-trusted-types-for 'script'; report-uri /reports"

/** Where forms are shown. */
export interface FormSite {
  url: string
  browser: Browser
  /** A page of its own, with everything that goes wrong on it. */
  open: (options?: BrowserContextOptions) => Promise<OpenForm>
  stop: () => Promise<void>
}

/** A page that shows forms. */
export interface OpenForm {
  page: Page
  context: BrowserContext
  /** Errors thrown, console errors and React's warnings since the last look. */
  takeTrouble: () => string[]
  /** Reports of the browser about the policy since the last look, as the page and as the server saw them. */
  takeReports: () => Promise<string[]>
  show: (spec: FormSpec, options?: ShowOptions) => Promise<void>
  submissions: () => Promise<{ name: string; configuration: unknown }[]>
}

const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Form</title>
<link rel="stylesheet" href="/page.css"><link rel="icon" href="/icon.svg"><script type="module" src="/page.js"></script></head>
<body><main><h1>Settings</h1><h2>New connection</h2><div id="root" class="opsai-root"></div></main></body>
</html>`
const icon = '<svg xmlns="http://www.w3.org/2000/svg"/>'

/** Bundles the page from the packages' sources, with React's development build: that is the one that warns. */
async function bundle(): Promise<Map<string, { type: string; body: string }>> {
  const { outputFiles } = await build({
    entryPoints: ['page.ts', 'page.css'].map((name) => fileURLToPath(new URL(name, import.meta.url))),
    bundle: true,
    write: false,
    outdir: '/',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    conditions: ['opsai-source', 'browser', 'module', 'import', 'style'],
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
  })
  const text = (ending: string): string => outputFiles.find((file) => file.path.endsWith(ending))?.text ?? ''
  return new Map([
    ['/', { type: 'text/html', body: html }],
    ['/page.js', { type: 'text/javascript', body: text('.js') }],
    ['/page.css', { type: 'text/css', body: text('.css') }],
    ['/icon.svg', { type: 'image/svg+xml', body: icon }],
  ])
}

async function serve(reports: string[]): Promise<Server> {
  const files = await bundle()
  const server = createServer((request, response) => {
    if (request.url === '/reports') {
      request.on('data', (part: Buffer) => reports.push(part.toString()))
      request.on('end', () => response.writeHead(204).end())
      return
    }
    const file = files.get(request.url ?? '')
    if (file === undefined) return void response.writeHead(404).end()
    response.writeHead(200, { 'Content-Type': `${file.type}; charset=utf-8`, 'Content-Security-Policy': policy })
    response.end(file.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

export async function startFormSite(): Promise<FormSite> {
  const reports: string[] = []
  const [server, browser] = await Promise.all([serve(reports), launchChromium()])
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    url,
    browser,
    open: async (options) => openForm(await browser.newContext(options), url, reports),
    async stop() {
      await browser.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Not about the form: the browser's own note that it logged a report. */
const isNote = (text: string): boolean => text.includes('Content Security Policy') || text.includes('Trusted')

async function openForm(context: BrowserContext, url: string, reports: string[]): Promise<OpenForm> {
  const page = await context.newPage()
  page.setDefaultTimeout(Number(process.env.OPSAI_FORM_WAIT ?? 3_000))
  const trouble: string[] = []
  page.on('pageerror', (error) => trouble.push(`thrown: ${error.message}`))
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    const isTrouble = message.type() === 'error' || message.type() === 'warning'
    if (isTrouble && !isNote(message.text())) trouble.push(`${message.type()}: ${message.text()}`)
  })
  await page.goto(url)
  await page.waitForFunction(() => 'form' in window)
  return {
    page,
    context,
    takeTrouble: () => trouble.splice(0),
    async takeReports() {
      const seen = await page.evaluate(() => window.form.reports.splice(0))
      return [...seen, ...reports.splice(0)]
    },
    async show(spec, options) {
      await page.evaluate(([shown, how]) => window.form.show(shown, how), [spec, options] as const)
      await page.getByRole('button', { name: options?.submitLabel ?? 'Connect', exact: true }).waitFor()
    },
    submissions: () => page.evaluate(() => window.form.submissions),
  }
}
