import type { Connection } from '@opsai/contract'
import { useCallback, useEffect, useRef, useState } from 'react'
import { newId } from '../client/new-id.js'
import { type OpsaiError, toOpsaiError } from '../client/opsai-error.js'
import type { HubEvent, HubEventDetail } from '../provider/hub-event.js'
import { useAirbyte } from '../provider/use-airbyte.js'
import { useLatest } from '../provider/use-latest.js'

/** What a host may listen to. None need be memoised. */
export interface HubCallbacks {
  /** Every event, typed. */
  onEvent?: ((event: HubEvent) => void) | undefined
  /** A connection was set up. */
  onConnect?: ((connection: Connection) => void) | undefined
  /** Something failed; the hub shows it too. */
  onError?: ((error: OpsaiError) => void) | undefined
  /** The hub was left. `completed`: whether Finish had been pressed. */
  onExit?: ((exit: { completed: boolean }) => void) | undefined
}

/** Stamps events and hands them out. */
export function useHubEvents(callbacks: HubCallbacks) {
  const provider = useAirbyte()
  const [hubSessionId] = useState(newId)
  const onEvent = useLatest(callbacks.onEvent)
  const onError = useLatest(callbacks.onError)
  const onConnect = useLatest(callbacks.onConnect)
  const onExit = useLatest(callbacks.onExit)
  const toProvider = provider.onEvent

  const emit = useCallback(
    (detail: HubEventDetail) => {
      const event: HubEvent = { ...detail, at: new Date().toISOString(), hubSessionId }
      onEvent(event)
      toProvider(event)
    },
    [hubSessionId, onEvent, toProvider],
  )
  const report = useCallback(
    (thrown: unknown) => {
      const error = toOpsaiError(thrown)
      emit({ type: 'hub_error', code: error.code, requestId: error.requestId })
      onError(error)
    },
    [emit, onError],
  )

  const hasEmittedReady = useRef(false)
  const hasCompleted = useRef(false)
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    // StrictMode leaves and comes back at once: that is neither a second arrival nor an exit.
    clearTimeout(leaving.current)
    if (!hasEmittedReady.current) emit({ type: 'hub_ready' })
    hasEmittedReady.current = true
    return () => {
      leaving.current = setTimeout(() => onExit({ completed: hasCompleted.current }))
    }
  }, [emit, onExit])

  const markCompleted = useCallback(() => {
    hasCompleted.current = true
  }, [])
  return { emit, report, onConnect, markCompleted }
}
