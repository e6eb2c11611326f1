import { useEffect, useState } from 'react'

/**
 * A value once it has stood still for so long.
 *
 * @example
 * const query = useDebounced(search, 200)
 */
export function useDebounced<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return settled
}
