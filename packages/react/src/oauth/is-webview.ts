// Apps' built-in browsers: most open no windows, or windows that can't come back. Taken from what they call themselves.

const names = 'FB[A_]|Instagram|Line/|LinkedInApp|MicroMessenger|musical_ly|BytedanceWebview|Snapchat|Pinterest'
const androids = '; wv\\)'
/** On Apple's devices only Safari and the browsers beside it say "Safari"; a bare web view doesn't. */
const apples = '\\((iPhone|iPad|iPod)(?!.*Safari/)'

/**
 * Whether a user agent names a built-in browser.
 *
 * @example
 * isWebview('Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) …') // true
 */
export const isWebview = (userAgent: string): boolean => new RegExp(`${names}|${androids}|${apples}`).test(userAgent)
