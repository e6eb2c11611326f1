import type { Sample } from '@opsai/contract'
import { useMessages } from '../../messages/use-messages.js'
import { ErrorNotice } from '../../provider/error-notice.js'
import { useStreams } from '../../queries/streams.js'
import { Button } from '../../ui/button.js'
import { EmptyState } from '../../ui/empty-state.js'
import { Skeleton, SkeletonGroup } from '../../ui/skeleton.js'
import { EstimateLine } from '../estimate-line.js'
import { StepFooter, StepFrame } from '../step-frame.js'
import { StreamList } from '../stream-list.js'
import type { IntegrationHub } from '../use-integration-hub.js'
import { useStartSync } from '../use-start-sync.js'
import { useStreamSelection } from '../use-stream-selection.js'
import { useConnectorLook } from './connector-logo.js'

export interface StreamsStepProps {
  hub: IntegrationHub
  sourceType: string
  sourceId: string
}

/** Step 3: which streams, how they sync, and what is in them. */
export function StreamsStep(props: StreamsStepProps) {
  const { streams: texts } = useMessages()
  const streams = useStreams(props.sourceId)
  const { name, logo } = useConnectorLook(props.sourceType)
  const found = streams.data?.streams.length
  // One frame throughout: a second heading would lose the focus that the first was given.
  return (
    <StepFrame title={texts.title} logo={logo} intro={found ? texts.intro(name) : undefined} onBack={props.hub.goBack}>
      {streams.isPending && (
        <SkeletonGroup label={texts.loading}>
          <Skeleton shape="row" />
          <Skeleton shape="row" />
          <Skeleton shape="row" />
          <Skeleton shape="row" />
        </SkeletonGroup>
      )}
      {streams.error && (
        <ErrorNotice title={texts.errorTitle} error={streams.error} onRetry={() => void streams.refetch()} />
      )}
      {found === 0 && <EmptyState title={texts.emptyTitle}>{texts.emptyText(name)}</EmptyState>}
      {streams.data && found !== 0 && <ChooseStreams {...props} sample={streams.data} />}
    </StepFrame>
  )
}

function ChooseStreams({ hub, sourceType, sourceId, sample }: StreamsStepProps & { sample: Sample }) {
  const { streams: texts, hub: hubTexts } = useMessages()
  const selection = useStreamSelection(sample)
  const { start, isBusy, error } = useStartSync(hub)
  const { selectedCount, gaps } = selection
  const gap = gaps[0]
  const missing =
    selectedCount === 0
      ? texts.nothingChosen
      : gap && (gap.missing === 'cursor' ? texts.missingCursor(gap.name) : texts.missingPrimaryKey(gap.name))
  const begin = () => {
    if (gap) return selection.setOpenKey(gap.key)
    if (!missing) void start({ sourceType, sourceId }, selection.toStreams())
  }
  return (
    <>
      {error !== undefined && <ErrorNotice title={hubTexts.errorTitle} error={error} />}
      <StreamList selection={selection} sourceId={sourceId} />
      <EstimateLine sourceId={sourceId} streams={missing ? [] : selection.toStreams()} />
      <StepFooter>
        <p className="opsai-step-note" role="status">
          {missing}
        </p>
        <Button variant="primary" state={isBusy ? 'busy' : 'idle'} disabled={selectedCount === 0} onClick={begin}>
          {isBusy ? texts.starting : texts.start(selectedCount)}
        </Button>
      </StepFooter>
    </>
  )
}
