/** What can take the focus inside a group. */
const focusable = 'input:not([type=hidden]), select, textarea, button, a[href], [tabindex]'

/**
 * Moves the focus to the first wrong field of a form, or to the field of a dotted path.
 *
 * @param key The field's dotted path. Default: the first field marked `data-invalid`.
 */
export function focusField(form: HTMLElement | null, key?: string): void {
  const marked =
    key === undefined
      ? form?.querySelector<HTMLElement>('[data-invalid]')
      : form?.querySelector<HTMLElement>(`[data-path="${CSS.escape(key)}"]`)
  if (marked === null || marked === undefined) return
  const target = marked.matches(focusable)
    ? marked
    : (marked.querySelector<HTMLElement>(`:checked, ${focusable}`) ?? marked)
  target.scrollIntoView({ block: 'center' })
  target.focus({ preventScroll: true })
}
