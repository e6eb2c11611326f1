import type { Connection } from '@opsai/contract'
import { useEffect, useReducer, useRef, useState } from 'react'
import { useAirbyte } from '../provider/use-airbyte.js'
import { useLatest } from '../provider/use-latest.js'
import type { SignInOptions } from '../oauth/choose-place.js'
import { sessionMemory } from '../oauth/flow-memory.js'
import { connectionsQuery } from '../queries/connections.js'
import { initialHubFlow, toNextStep } from './hub-flow.machine.js'
import { parseKeptPlace } from './kept-place.js'
import { type HubCallbacks, useHubEvents } from './use-hub-events.js'

/** What {@link useIntegrationHub} takes. */
export interface UseIntegrationHubOptions extends HubCallbacks, SignInOptions {
  tenantId: string
  /** Whose text setup guides show where they differ: self-managed Airbyte or Airbyte's cloud. @default 'oss' */
  edition?: 'oss' | 'cloud' | undefined
  /** The user pressed Finish: once for each press, with every connection this tenant has, as the proxy lists them. */
  onIntegrationsComplete: (connections: Connection[]) => void
}

/**
 * The hub without its looks: where the user is, what moves them on, and what the host is told. Each step has a hook of
 * its own: `useConnectorCatalog`, `useConnectSource`, `useEditSource`, `useStreamSelection`, `useSyncStep`.
 *
 * @example
 * const hub = useIntegrationHub({ tenantId, onIntegrationsComplete: save })
 * if (hub.flow.step === 'choosing') return <MyGallery onChoose={hub.chooseConnector} />
 */
export function useIntegrationHub(options: UseIntegrationHubOptions) {
  const { client, queryClient } = useAirbyte()
  const [flow, send] = useReducer(toNextStep, initialHubFlow)
  const { emit, report, onConnect, markCompleted } = useHubEvents(options)
  const onIntegrationsComplete = useLatest(options.onIntegrationsComplete)
  const [finishing, setFinishing] = useState<{ state: 'idle' | 'busy'; error?: unknown }>({ state: 'idle' })
  const isFinishing = useRef(false)

  // A reload in the middle of a sign-in, or the way to the provider and back, comes to where it began; the button there
  // goes on with it. One of a stored source that began in the list finds its button there.
  useEffect(() => {
    const left = sessionMemory.read()
    if (!left || left.tenantId !== client.tenantId) return
    const { sourceType, sourceId } = left
    if (sourceId === undefined) send({ type: 'connectorChosen', sourceType })
    else if (parseKeptPlace(left.kept).step === 'editing') send({ type: 'editWanted', sourceType, sourceId })
  }, [client])

  const finish = async () => {
    // A ref, not state: the second half of a double click comes before the next render.
    if (isFinishing.current) return
    isFinishing.current = true
    setFinishing({ state: 'busy' })
    try {
      const connections = await queryClient.fetchQuery({ ...connectionsQuery(client), staleTime: 0 })
      setFinishing({ state: 'idle' })
      send({ type: 'completed' })
      markCompleted()
      emit({ type: 'integrations_completed', connectionIds: connections.map(({ connectionId }) => connectionId) })
      onIntegrationsComplete(connections)
    } catch (error) {
      setFinishing({ state: 'idle', error })
      report(error)
    } finally {
      isFinishing.current = false
    }
  }

  return {
    tenantId: options.tenantId,
    edition: options.edition,
    /** How signing in opens, for every sign-in of this hub. */
    signInOptions: { signIn: options.signIn, openExternal: options.openExternal } satisfies SignInOptions,
    flow,
    send,
    emit,
    report,
    onConnect,
    chooseConnector: ({ sourceType }: { sourceType: string }) => {
      emit({ type: 'connector_chosen', sourceType })
      send({ type: 'connectorChosen', sourceType })
    },
    editSource: ({ sourceType, sourceId }: { sourceType: string; sourceId: string }) =>
      send({ type: 'editWanted', sourceType, sourceId }),
    /** From a sign-in that found its source connected already: to that source's streams, or to what is connected. */
    showExisting: ({ sourceType, sourceId }: { sourceType: string; sourceId: string | undefined }) => {
      send({ type: 'wentBack' })
      if (sourceId !== undefined) send({ type: 'sourceOpened', sourceType, sourceId })
    },
    goBack: () => send({ type: 'wentBack' }),
    connectAnother: () => send({ type: 'anotherWanted' }),
    finish,
    finishing,
  }
}

/** See {@link useIntegrationHub}. */
export type IntegrationHub = ReturnType<typeof useIntegrationHub>
