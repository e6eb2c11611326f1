// Whether a page finishes sign-ins, as far as its text tells: nothing of it is run.
import { attributeOf, readPage, tagsOf } from './read-page.js'

/** The parameter `completeConnect` reads: a text no bundler changes. */
const MARK = 'aip_flow'
const MOST_FILES = 20

/** `unseen`: there are scripts, and in none of them it could be seen. */
export type ReturnScript = 'seen' | 'unseen' | 'no_script'

/**
 * Looks for `completeConnect` in the page, the scripts it loads, and what those import. A page whose script can't be
 * seen from outside may say so itself: `<meta name="opsai-return">`.
 */
export async function findReturnScript(
  page: string,
  html: string,
  fetch: typeof globalThis.fetch,
): Promise<ReturnScript> {
  const saysSo = tagsOf(html, 'meta').some((tag) => attributeOf(tag, 'name') === 'opsai-return')
  if (saysSo || html.includes(MARK)) return 'seen'
  if (!/<script\b/i.test(html)) return 'no_script'
  const left = toUrls(scriptsOf(html), page)
  const known = new Set(left)
  for (let url = left.shift(), read = 0; url && read < MOST_FILES; url = left.shift(), read += 1) {
    const text = (await readPage(url, fetch, 'follow'))?.text ?? ''
    if (text.includes(MARK)) return 'seen'
    for (const next of toUrls(importsOf(text), url)) {
      if (known.has(next)) continue
      known.add(next)
      left.push(next)
    }
  }
  return 'unseen'
}

function scriptsOf(html: string): string[] {
  const scripts = tagsOf(html, 'script').map((tag) => attributeOf(tag, 'src'))
  const preloads = tagsOf(html, 'link')
    .filter((tag) => /^modulepreload$/i.test(attributeOf(tag, 'rel') ?? ''))
    .map((tag) => attributeOf(tag, 'href'))
  return [...scripts, ...preloads, ...importsOf(html)].filter((url) => url !== undefined)
}

const importsOf = (text: string): string[] =>
  // A bare name is no address: who loads it is the host's own affair.
  [...text.matchAll(/\b(?:from|import)\s*\(?\s*["']((?:\.{0,2}\/|https?:)[^"'\s]*)["']/g)].map(([, url = '']) => url)

const toUrls = (urls: readonly string[], from: string): string[] =>
  urls
    .filter((url) => URL.canParse(url, from))
    .map((url) => new URL(url, from).href)
    .filter((url) => url.startsWith('http'))
