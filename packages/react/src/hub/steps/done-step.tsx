import { useMessages } from '../../messages/use-messages.js'
import { ErrorNotice } from '../../provider/error-notice.js'
import { useJob } from '../../queries/jobs.js'
import { Button } from '../../ui/button.js'
import { RowsPlot } from '../rows-plot.js'
import { StepFrame } from '../step-frame.js'
import { toStreamProgress } from '../stream-progress.js'
import type { IntegrationHub } from '../use-integration-hub.js'
import type { SyncFlow } from '../use-sync-step.js'
import { useConnectorLook } from './connector-logo.js'

/** The sync succeeded: what came, and what next. */
export function DoneStep({ hub, flow }: { hub: IntegrationHub; flow: SyncFlow }) {
  const { sync, hub: texts } = useMessages()
  const { name, logo } = useConnectorLook(flow.sourceType)
  const { data: job } = useJob(flow.jobId)
  const streams = job ? toStreamProgress(job) : []
  const { finish, finishing } = hub
  return (
    <StepFrame
      title={sync.doneTitle(name)}
      logo={logo}
      intro={job && sync.doneText(job.rowsSynced, streams.length)}
      footer={
        <>
          <Button onClick={hub.connectAnother}>{texts.connectAnother}</Button>
          <Button variant="primary" state={finishing.state} onClick={() => void finish()}>
            {texts.finish}
          </Button>
        </>
      }
    >
      {finishing.error !== undefined && <ErrorNotice title={texts.errorTitle} error={finishing.error} />}
      <RowsPlot streams={streams} />
    </StepFrame>
  )
}
