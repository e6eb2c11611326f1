import { useCallback, useLayoutEffect, useRef } from 'react'

/**
 * A function that never changes and always runs the newest one given: hosts need not memoise their callbacks.
 *
 * @example
 * const emit = useLatest(onEvent)
 */
export function useLatest<A extends unknown[], R>(callback: ((...args: A) => R) | undefined) {
  const latest = useRef(callback)
  useLayoutEffect(() => {
    latest.current = callback
  })
  return useCallback((...args: A): R | undefined => latest.current?.(...args), [])
}
