import { useEffect, useRef } from 'react'

/** Moves the focus once what was just asked for is on the page. */
export function useFocusAfter(): (move: () => void) => void {
  const waiting = useRef<() => void>(undefined)
  useEffect(() => {
    waiting.current?.()
    waiting.current = undefined
  })
  return (move) => {
    waiting.current = move
  }
}

/** The first thing to fill in below an element: of a choice, the option chosen. */
export function focusFirstIn(element: Element | null | undefined): void {
  const all = 'input:not([type=hidden], [type=file]), select, textarea, button'
  const first = element?.querySelector<HTMLElement>(all)
  const chosen = first?.matches('[type=radio]') ? element?.querySelector<HTMLElement>('[type=radio]:checked') : null
  ;(chosen ?? first)?.focus()
}
