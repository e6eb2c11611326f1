// Whether the sandbox of the frame this page stands in forbids sign-in windows. No browser says so outright, and a
// wrong "ask the site owner" is worse than none: so only what a standard makes certain counts.

/** Tokens a host's `sandbox` attribute needs for a sign-in. */
export const sandboxHint =
  'The frame around this page needs sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox".'

/**
 * Without `allow-forms` a form is dropped before its `submit` event is fired (HTML, "form submission", step 4): no
 * event, no forms. The form stands in a shadow tree, where no listener of the host's sees or stops the event.
 */
export function isFormForbidden(): boolean {
  const place = document.createElement('div')
  place.hidden = true
  const form = document.createElement('form')
  let isForbidden = true
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    isForbidden = false
  })
  place.attachShadow({ mode: 'closed' }).append(form)
  document.body.append(place)
  form.requestSubmit()
  place.remove()
  return isForbidden
}

/**
 * Asked after no window came. Either the frame's own attribute can be read and lacks `allow-popups`; or there is a
 * sandbox, and the click is as fresh as before the form was posted (HTML, "rules for choosing a navigable": a new
 * window uses it up, a sandbox refuses before that).
 */
export function isWindowForbidden({ isGestureLeft }: { isGestureLeft: boolean }): boolean {
  const tokens = readTokens()
  if (tokens) return !tokens.contains('allow-popups')
  return isGestureLeft && isSandboxed()
}

function readTokens(): DOMTokenList | undefined {
  try {
    const frame = window.frameElement
    return frame?.hasAttribute('sandbox') ? (frame as HTMLIFrameElement).sandbox : undefined
  } catch {
    return undefined
  }
}

/** A page from the web has no opaque origin but in a sandbox, and any sandbox refuses `document.domain` first of all. */
function isSandboxed(): boolean {
  if (window.origin === 'null') return /^https?:$/.test(location.protocol)
  try {
    // Refused everywhere, for it is no domain; only the reason is of interest, which Chromium tells.
    Reflect.set(document, 'domain', '')
    return false
  } catch (thrown) {
    return thrown instanceof Error && /sandbox/i.test(thrown.message)
  }
}
