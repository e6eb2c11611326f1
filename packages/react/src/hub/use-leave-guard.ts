import { useCallback, useEffect, useState } from 'react'

/**
 * Asks before what was entered is lost: on a way out of our own by a question, on a reload or a closed tab by the
 * browser's. Nothing is asked where nothing changed, and nothing after `setDirty(false)`.
 *
 * @example
 * const guard = useLeaveGuard()
 * <ConnectorForm onDirtyChange={guard.setDirty} … />
 * <button onClick={() => guard.leave(goBack)}>Back</button>
 */
export function useLeaveGuard() {
  const [isDirty, setDirty] = useState(false)
  const [isGoing, setGoing] = useState(false)
  const [wanted, setWanted] = useState<{ leave: () => void }>()
  useEffect(() => {
    if (!isDirty || isGoing) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isDirty, isGoing])

  return {
    setDirty,
    /** While this page goes away by itself and comes back with what was entered, the browser has nothing to ask. */
    setGoing,
    /** Goes at once where nothing would be lost, else asks first. */
    leave: useCallback((leave: () => void) => (isDirty ? setWanted({ leave }) : leave()), [isDirty]),
    /** Open while somebody who wants to leave is asked. */
    question: wanted && {
      stay: () => setWanted(undefined),
      discard: () => {
        setWanted(undefined)
        wanted.leave()
      },
    },
  }
}

/** See {@link useLeaveGuard}. */
export type LeaveGuard = ReturnType<typeof useLeaveGuard>
