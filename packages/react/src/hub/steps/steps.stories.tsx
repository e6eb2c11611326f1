import type { Meta, StoryObj } from '@storybook/react-vite'
import { useEffect, useReducer } from 'react'
import { createMswHandlers, type MswHandlersOptions } from '../../testing/create-msw-handlers.js'
import { type HubFlowState, toNextStep } from '../hub-flow.machine.js'
import { Stepper } from '../stepper.js'
import { useIntegrationHub } from '../use-integration-hub.js'
import { ChooseStep } from './choose-step.js'
import { CompletedStep } from './completed-step.js'
import { ConnectStep } from './connect-step.js'
import { DoneStep } from './done-step.js'
import { EditStep } from './edit-step.js'
import { StreamsStep } from './streams-step.js'
import { SyncStep } from './sync-step.js'

/** One step of the hub on its own, in one state. */
function StepAt({ flow: start }: { flow: HubFlowState }) {
  const hub = useIntegrationHub({ tenantId: 'acme', onIntegrationsComplete: () => undefined })
  const [flow, send] = useReducer(toNextStep, start)
  useEffect(() => sessionStorage.clear(), [])
  const here = { ...hub, flow, send }
  return (
    <div className="opsai-hub">
      {flow.step !== 'editing' && <Stepper flow={flow} />}
      {flow.step === 'choosing' && <ChooseStep hub={here} businessProfile={undefined} />}
      {(flow.step === 'connecting' || flow.step === 'testing') && (
        <ConnectStep hub={here} sourceType={flow.sourceType} />
      )}
      {flow.step === 'editing' && <EditStep hub={here} sourceType={flow.sourceType} sourceId={flow.sourceId} />}
      {flow.step === 'choosingStreams' && (
        <StreamsStep hub={here} sourceType={flow.sourceType} sourceId={flow.sourceId} />
      )}
      {flow.step === 'syncing' && <SyncStep hub={here} flow={flow} />}
      {flow.step === 'done' && <DoneStep hub={here} flow={flow} />}
      {flow.step === 'completed' && <CompletedStep hub={here} />}
    </div>
  )
}

const meta: Meta<typeof StepAt> = { title: 'Hub/Steps', component: StepAt }
export default meta
type Story = StoryObj<typeof StepAt>

const at = (flow: HubFlowState, options: MswHandlersOptions = {}): Story => ({
  args: { flow },
  parameters: { msw: createMswHandlers({ connected: true, syncMs: 600_000, ...options }) },
})
const stripe = { sourceType: 'stripe', sourceId: 'src_0001', connectionId: 'con_0002', jobId: 'job_0003' }
const shopify = { sourceType: 'shopify', sourceId: 'src_0005', connectionId: 'con_0006', jobId: 'job_0007' }

export const ChooseWithEndedSignIn = at({ step: 'choosing' }, { scenario: 'expired_sign_in' })
export const ConnectWithKey = at({ step: 'connecting', sourceType: 'stripe' })
export const ConnectDatabase = at({ step: 'connecting', sourceType: 'postgres' })
export const ConnectBySignIn = at({ step: 'connecting', sourceType: 'hubspot' })
export const Testing = at({ step: 'testing', sourceType: 'stripe' })
export const ConnectLoading = at({ step: 'connecting', sourceType: 'stripe' }, { scenario: 'loading' })
/** What is stored: the key is set, and can be replaced. Change something and go back to be asked. */
export const Edit = at({ step: 'editing', ...stripe })
export const EditSignedIn = at({ step: 'editing', sourceType: 'hubspot', sourceId: 'src_0004' })
/** Its last test failed: signing in again is what helps. */
export const EditSignedOut = at(
  { step: 'editing', sourceType: 'hubspot', sourceId: 'src_0004' },
  { scenario: 'expired_sign_in' },
)
/** Replace the key and save it: it is refused, at its field, and may be saved all the same. */
export const EditRefused = at({ step: 'editing', ...stripe }, { scenario: 'failing_check' })
export const EditTestedAfterSaving = at({ step: 'editing', ...stripe }, { scenario: 'test_after_save' })
export const EditLoading = at({ step: 'editing', ...stripe }, { scenario: 'loading' })
export const EditNotFound = at({ step: 'editing', ...stripe, sourceId: 'src_gone' })
export const Streams = at({ step: 'choosingStreams', ...stripe })
export const ManyStreams = at({ step: 'choosingStreams', ...stripe }, { scenario: 'many_streams' })
export const NoStreams = at({ step: 'choosingStreams', ...stripe }, { scenario: 'no_streams' })
export const StreamsLoading = at({ step: 'choosingStreams', ...stripe }, { scenario: 'loading' })
export const StreamsError = at({ step: 'choosingStreams', ...stripe }, { scenario: 'failing_server' })
export const Syncing = at({ step: 'syncing', ...shopify })
export const SyncFailed = at({ step: 'syncing', ...shopify }, { scenario: 'failed_sync', syncMs: 1 })
export const Done = at({ step: 'done', ...stripe })
export const Completed = at({ step: 'completed' })
