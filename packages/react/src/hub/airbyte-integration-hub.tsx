import type { BusinessProfile } from '@opsai/contract'
import { useEffect, useRef } from 'react'
import { TenantScope } from '../provider/tenant-scope.js'
import { Stepper } from './stepper.js'
import { ChooseStep } from './steps/choose-step.js'
import { CompletedStep } from './steps/completed-step.js'
import { ConnectStep } from './steps/connect-step.js'
import { DoneStep } from './steps/done-step.js'
import { EditStep } from './steps/edit-step.js'
import { StreamsStep } from './steps/streams-step.js'
import { SyncStep } from './steps/sync-step.js'
import { type IntegrationHub, useIntegrationHub, type UseIntegrationHubOptions } from './use-integration-hub.js'

/** What {@link AirbyteIntegrationHub} takes. All but the functions can cross the border of React server components. */
export interface AirbyteIntegrationHubProps extends UseIntegrationHubOptions {
  /** Whose tools are connected; must be the tenant of the session that `fetchSession` brings. */
  tenantId: string
  /** What is known of the tenant's business: recommendations are made from it. */
  businessProfile?: BusinessProfile | undefined
}

/**
 * Everything from "which tools do you use?" to synced rows, in one component: gallery, sign-in or form, test, streams
 * with sample rows, first sync. Changing `tenantId` starts anew and drops all that was read for the former tenant.
 *
 * @example
 * <AirbyteIntegrationHub tenantId={tenantId} businessProfile={profile} onIntegrationsComplete={(connections) => save(connections)} />
 */
export function AirbyteIntegrationHub(props: AirbyteIntegrationHubProps) {
  return (
    <TenantScope key={props.tenantId} tenantId={props.tenantId}>
      <Hub {...props} />
    </TenantScope>
  )
}

function Hub({ businessProfile, ...options }: AirbyteIntegrationHubProps) {
  const hub = useIntegrationHub(options)
  const ref = useFocusOnStep(toPlace(hub))
  return (
    <div ref={ref} className="opsai-hub" data-part="hub" data-step={hub.flow.step}>
      {hub.flow.step !== 'editing' && <Stepper flow={hub.flow} />}
      <Step hub={hub} businessProfile={businessProfile} />
    </div>
  )
}

function Step({ hub, businessProfile }: { hub: IntegrationHub; businessProfile: BusinessProfile | undefined }) {
  const { flow } = hub
  switch (flow.step) {
    case 'choosing':
      return <ChooseStep hub={hub} businessProfile={businessProfile} />
    case 'connecting':
    case 'testing':
      return <ConnectStep key={flow.sourceType} hub={hub} sourceType={flow.sourceType} />
    case 'editing':
      return <EditStep key={flow.sourceId} hub={hub} sourceType={flow.sourceType} sourceId={flow.sourceId} />
    case 'choosingStreams':
      return <StreamsStep key={flow.sourceId} hub={hub} sourceType={flow.sourceType} sourceId={flow.sourceId} />
    case 'syncing':
      return <SyncStep key={flow.jobId} hub={hub} flow={flow} />
    case 'done':
      return <DoneStep hub={hub} flow={flow} />
    case 'completed':
      return <CompletedStep hub={hub} />
  }
}

/** A test keeps the user where they are; another job is another place. */
function toPlace({ flow }: IntegrationHub): string {
  if (flow.step === 'testing') return 'connecting'
  return flow.step === 'syncing' ? flow.jobId : flow.step
}

/** Moves the focus to the heading of a new step, never on arrival: the page has its own focus then. */
function useFocusOnStep(place: string) {
  const ref = useRef<HTMLDivElement>(null)
  const shown = useRef(place)
  useEffect(() => {
    if (shown.current === place) return
    shown.current = place
    ref.current?.querySelector<HTMLElement>('[data-part=step-title]')?.focus()
  }, [place])
  return ref
}
