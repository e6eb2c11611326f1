// Runs in the page: what has the focus, as a screen reader would say it.

export interface Stop {
  role: string
  name: string
  /** Names of the groups around it, outermost first; `#2` is the third item of a list. */
  groups: string[]
  /** Its type, where it is an input. */
  type: string
  value: string
  checked: boolean
  expanded: string | null
  /** Place of a radio among its group's, and of the one chosen. */
  place: number
  chosen: string
  /** How many values a list holds already. */
  chips: number
  /** Whether what had the focus before looked otherwise while it had it. */
  wasVisible: boolean
  /** The same element as at the last look. */
  isSame: boolean
}

interface Seen {
  element: Element
  look: string
}

/** Self-contained, because it is sent into the page. */
export function readStop(): Stop | null {
  const text = (node: Node | null | undefined): string => (node?.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
  const nameOf = (element: Element): string => {
    const by = element.getAttribute('aria-labelledby')
    if (by !== null)
      return by
        .split(' ')
        .map((id) => text(document.getElementById(id)))
        .join(' ')
    const own = element.getAttribute('aria-label')
    if (own !== null) return own.replaceAll(/\s+/g, ' ').trim()
    if (element instanceof HTMLFieldSetElement) return text(element.querySelector(':scope > legend'))
    const labels = (element as HTMLInputElement).labels
    return labels != null && labels.length > 0 ? [...labels].map(text).join(' ') : text(element)
  }
  const roleOf = (element: Element): string => {
    const own = element.getAttribute('role')
    if (own !== null) return own
    if (element instanceof HTMLInputElement) {
      const { type } = element
      return type === 'checkbox' || type === 'radio' ? type : type === 'search' ? 'searchbox' : 'textbox'
    }
    const roles: Record<string, string> = { TEXTAREA: 'textbox', SELECT: 'combobox', BUTTON: 'button', A: 'link' }
    return roles[element.tagName] ?? ''
  }
  const groupsOf = (element: Element): string[] => {
    const groups: string[] = []
    for (let at = element.parentElement; at !== null; at = at.parentElement) {
      if (at.matches('fieldset, [role=group]')) groups.unshift(nameOf(at))
      const isItem = at.matches('li') && at.parentElement?.closest('fieldset, [role=group], form')?.matches('fieldset')
      if (isItem) groups.unshift(`#${[...at.parentElement!.children].indexOf(at)}`)
    }
    return groups
  }
  // A ring may be drawn by what is around a control.
  const lookOf = (element: Element): string => {
    const around: (Element | null | undefined)[] = [
      element,
      element.parentElement,
      element.parentElement?.parentElement,
    ]
    return around
      .map((one) => {
        if (one == null) return ''
        const style = getComputedStyle(one)
        const ring = style.outlineStyle === 'none' ? '' : `${style.outline} ${style.outlineOffset}`
        return [ring, style.boxShadow, style.borderColor, style.backgroundColor, style.color].join()
      })
      .join('|')
  }

  const holder = window as unknown as { lastStop?: Seen }
  const before = holder.lastStop
  const element = document.activeElement
  if (element === null || element === document.body) {
    holder.lastStop = undefined
    return null
  }
  const isSame = before?.element === element
  const isGone = before === undefined || !before.element.isConnected
  const wasVisible = isSame || isGone || lookOf(before.element) !== before.look
  // Within a date picker the browser draws a ring of its own around the calendar button: the first look counts.
  holder.lastStop = isSame ? before : { element, look: lookOf(element) }
  const input = element as HTMLInputElement
  const radios = [...(element.closest('[role=radiogroup]')?.querySelectorAll('[type=radio]') ?? [])]
  const chosen = element instanceof HTMLSelectElement ? (element.selectedOptions[0]?.textContent ?? '') : ''
  const active = document.getElementById(element.getAttribute('aria-activedescendant') ?? '')
  return {
    role: roleOf(element),
    name: nameOf(element),
    groups: groupsOf(element),
    type: element instanceof HTMLTextAreaElement ? 'textarea' : (input.type ?? ''),
    value: input.value ?? '',
    checked: input.checked ?? false,
    expanded: element.getAttribute('aria-expanded'),
    place: radios.indexOf(element),
    chosen: text(active) || chosen,
    chips: element.closest('[data-kind=list]')?.querySelectorAll('li').length ?? 0,
    wasVisible,
    isSame,
  }
}
