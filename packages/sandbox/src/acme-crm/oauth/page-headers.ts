import { secureHeaders } from 'hono/secure-headers'

/**
 * Headers of every page. There is no `form-action`: Chrome holds it against the whole chain of redirects
 * that follows a form, and where that chain leads is the client's affair (w3c/webappsec-csp#8).
 */
export const pageHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  referrerPolicy: 'same-origin',
  // The window that opened this one waits for it; a behaviour may say otherwise.
  crossOriginOpenerPolicy: false,
  strictTransportSecurity: false,
})
