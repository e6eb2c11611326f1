import type { Job } from '@opsai/contract'
import { useMessages } from '../../messages/use-messages.js'
import { ErrorNotice } from '../../provider/error-notice.js'
import { Alert } from '../../ui/alert.js'
import { Button } from '../../ui/button.js'
import { ProgressBar } from '../../ui/progress-bar.js'
import { Skeleton, SkeletonGroup } from '../../ui/skeleton.js'
import { StepFrame } from '../step-frame.js'
import { StreamProgressTable } from '../stream-progress-table.js'
import type { IntegrationHub } from '../use-integration-hub.js'
import { type SyncFlow, useSyncStep } from '../use-sync-step.js'
import { useConnectorLook } from './connector-logo.js'

/** Step 4, while rows come in or after they stopped coming. */
export function SyncStep({ hub, flow }: { hub: IntegrationHub; flow: SyncFlow }) {
  const { sync, hub: texts } = useMessages()
  const { name, logo } = useConnectorLook(flow.sourceType)
  const step = useSyncStep(hub, flow)
  const { job, streams } = step
  const isStopped = job?.status === 'failed' || job?.status === 'cancelled'
  const readCount = streams.filter(({ state }) => state === 'read').length
  return (
    <StepFrame
      title={sync.title(name)}
      logo={logo}
      intro={!isStopped && sync.intro}
      footer={
        isStopped ? (
          <>
            <Button variant="quiet" onClick={hub.goBack}>
              {texts.back}
            </Button>
            <Button variant="primary" state={step.isRetrying ? 'busy' : 'idle'} onClick={() => void step.retry()}>
              {sync.retry}
            </Button>
          </>
        ) : (
          <>
            <Button variant="quiet" state={step.isCancelling ? 'busy' : 'idle'} onClick={step.cancel}>
              {step.isCancelling ? sync.cancelling : sync.cancel}
            </Button>
            <Button onClick={hub.connectAnother}>{sync.leave}</Button>
          </>
        )
      }
    >
      {step.error !== null && step.error !== undefined && (
        <ErrorNotice title={texts.errorTitle} error={step.error} onRetry={step.reload} />
      )}
      {job && <JobNotice job={job} />}
      {job && !isStopped && (
        <div className="opsai-sync-progress">
          <ProgressBar
            label={sync.title(name)}
            {...(readCount > 0 && { value: readCount, max: Math.max(streams.length, 1) })}
          />
          <p role="status">{sync.progress(readCount, streams.length)}</p>
        </div>
      )}
      {job ? <StreamProgressTable streams={streams} caption={sync.title(name)} /> : <SyncSkeleton />}
    </StepFrame>
  )
}

function JobNotice({ job: { status, failure } }: { job: Job }) {
  const { sync } = useMessages()
  if (status === 'cancelled') {
    return (
      <Alert tone="info" title={sync.cancelledTitle}>
        {sync.cancelledText}
      </Alert>
    )
  }
  if (status !== 'failed' && status !== 'incomplete') return null
  return (
    <Alert
      tone={status === 'failed' ? 'danger' : 'warning'}
      title={status === 'failed' ? sync.failedTitle : sync.retryingTitle}
    >
      {failure?.message} {failure?.remedy} {status === 'failed' && sync.failedText}
    </Alert>
  )
}

function SyncSkeleton() {
  const { common } = useMessages()
  return (
    <SkeletonGroup label={common.loading}>
      <Skeleton shape="row" />
      <Skeleton shape="row" />
      <Skeleton shape="row" />
    </SkeletonGroup>
  )
}
