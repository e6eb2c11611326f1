/** What takes a value, and what can at least be pressed, best first. */
const targets = [':checked', 'input:not([type=hidden]), select, textarea', 'button, [tabindex]', 'a[href]']
const focusable = targets.slice(1).join()

/**
 * Moves the focus to the first wrong field of a form, or to one field.
 *
 * @param selectors Where that field may be found, best first. Default: the first field marked `data-invalid`, or else
 *   that shows an error.
 */
export function focusField(form: HTMLElement | null, ...selectors: string[]): void {
  const field = selectors.length === 0 ? firstWrong(form) : toFirst(form, selectors)
  const target = field?.matches(focusable) ? field : toFirst(field, targets)
  if (!(target instanceof HTMLElement)) return
  target.scrollIntoView({ block: 'center' })
  target.focus({ preventScroll: true })
}

/** In the order of the page. An error stands below its control, so of both the control is found first. */
function firstWrong(form: HTMLElement | null): Element | null | undefined {
  const found = form?.querySelector('[data-invalid], [data-part="error"]')
  return found?.matches('[data-invalid]') ? found : found?.closest('[data-path]')
}

const toFirst = (within: Element | null | undefined, selectors: string[]): Element | null =>
  selectors.reduce<Element | null>((found, selector) => found ?? within?.querySelector(selector) ?? null, null)
