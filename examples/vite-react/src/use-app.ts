import { useCallback, useEffect, useState } from 'react'
import { type TenantApp, askForApp, fetchApp } from './api.js'

const WHILE_MADE_MS = 1_000
const OTHERWISE_MS = 5_000

/** What is known of the app here. */
export type AppState =
  { state: 'loading' } | { state: 'unknown' } | { state: 'none' } | { state: TenantApp['status']; app: TenantApp }

const toState = (app: TenantApp | null): AppState => (app ? { state: app.status, app } : { state: 'none' })
const isMade = ({ state }: AppState) => ['waiting', 'generating', 'deploying', 'removing'].includes(state)

/** The tenant's app as it stands now, looked at again and again, and how to ask for it. */
export function useApp() {
  const [found, setFound] = useState<AppState>({ state: 'loading' })
  const look = useCallback(
    () =>
      fetchApp()
        .then(toState, (): AppState => ({ state: 'unknown' }))
        .then(setFound),
    [],
  )
  useEffect(() => {
    const timer = setTimeout(
      () => void look(),
      found.state === 'loading' ? 0 : isMade(found) ? WHILE_MADE_MS : OTHERWISE_MS,
    )
    return () => clearTimeout(timer)
  }, [found, look])
  const ask = () =>
    askForApp()
      .then(toState, (): AppState => ({ state: 'unknown' }))
      .then(setFound)
  return [found, ask] as const
}
