// Somebody at a browser without scripts: pages, forms, cookies, and the redirect that leads away.

/** A browser at one site. */
export interface Browser {
  /** Follows redirects within the site; one that leaves it is the answer's `left`. */
  open(url: string | URL): Promise<Seen>
  /** Fills the form with that button in and presses it. */
  press(page: Seen, button: string, values?: Record<string, string>): Promise<Seen>
}

/** What a browser shows. */
export interface Seen {
  status: number
  html: string
  headers: Headers
  /** Where it was sent, away from the site. */
  left?: URL
}

/**
 * A browser with cookies of its own.
 *
 * @param base An address of the site: what is elsewhere is not fetched.
 *
 * @example
 * const browser = createBrowser(acme.url)
 * const consent = await browser.press(await browser.open(consentUrl), 'Sign in', ada)
 * const { left } = await browser.press(consent, 'Allow')
 */
export function createBrowser(base: string | URL): Browser {
  const jar = new Map<string, string>()

  async function request(url: URL, init: RequestInit = {}): Promise<Seen> {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...(cookie && { Cookie: cookie }) },
    })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      jar.set(name, value)
    }
    const location = response.headers.get('Location')
    const seen = { status: response.status, html: await response.text(), headers: response.headers }
    if (location === null) return seen
    const target = new URL(location, url)
    return target.origin === new URL(base).origin ? request(target) : { ...seen, left: target }
  }

  return {
    open: (url) => request(new URL(url, base)),
    press(page, button, values = {}) {
      const form = page.html.split('<form').find((part) => part.includes(`>${button}</button>`)) ?? ''
      const tag = new RegExp(`<button([^>]*)>${button}</button>`).exec(form)?.[1] ?? ''
      const action = attribute(tag, 'formaction') ?? attribute(form, 'action')
      if (!action) throw new Error(`There is no button ${button} on this page: ${page.html}`)
      const hidden = [...form.matchAll(/<input type="hidden"([^>]*)>/g)].map(([, input = '']) => [
        attribute(input, 'name'),
        attribute(input, 'value'),
      ])
      const name = attribute(tag, 'name')
      const pressed = name === undefined ? {} : { [name]: attribute(tag, 'value') ?? '' }
      const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...values, ...pressed })
      return request(new URL(action, base), { method: 'POST', body })
    },
  }
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
}
