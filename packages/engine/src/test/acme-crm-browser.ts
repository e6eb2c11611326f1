// Ada at a browser without scripts: signs in at Acme CRM's pages and presses a button.

const ada = { email: 'ada@acme.test', password: 'analytical-engine' }

/** The address she is sent back to after allowing. */
export const allowAtAcmeCrm = (consentUrl: URL) => answerAtAcmeCrm(consentUrl, 'Allow')
/** The address she is sent back to after not allowing. */
export const denyAtAcmeCrm = (consentUrl: URL) => answerAtAcmeCrm(consentUrl, 'Deny')

async function answerAtAcmeCrm(consentUrl: URL, answer: 'Allow' | 'Deny'): Promise<URL> {
  const cookies = new Map<string, string>()

  async function request(url: URL, body?: URLSearchParams): Promise<{ html: string; left?: URL }> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(body && { method: 'POST', body }),
    })
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    const location = response.headers.get('location')
    if (!location) return { html: await response.text() }
    const target = new URL(location, url)
    return target.origin === consentUrl.origin ? await request(target) : { html: '', left: target }
  }

  const press = (html: string, button: string, values: Record<string, string> = {}) => {
    const form = html.split('<form').find((part) => part.includes(`>${button}</button>`)) ?? ''
    const tag = new RegExp(`<button([^>]*)>${button}</button>`).exec(form)?.[1] ?? ''
    const action = attribute(tag, 'formaction') ?? attribute(form, 'action')
    if (!action) throw new Error(`There is no button ${button} on this page: ${html}`)
    const body = new URLSearchParams(values)
    for (const [, input = ''] of form.matchAll(/<input type="hidden"([^>]*)>/g)) {
      body.set(attribute(input, 'name') ?? '', attribute(input, 'value') ?? '')
    }
    const name = attribute(tag, 'name')
    if (name) body.set(name, attribute(tag, 'value') ?? '')
    return request(new URL(action, consentUrl), body)
  }

  const consent = await press((await request(consentUrl)).html, 'Sign in', ada)
  const { left } = await press(consent.html, answer)
  if (!left) throw new Error('Acme CRM did not send her back.')
  return left
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
}
