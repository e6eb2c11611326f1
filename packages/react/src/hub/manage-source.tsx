import type { Connection, Source } from '@opsai/contract'
import { useState } from 'react'
import { isFinalJob } from '../client/watch-job.js'
import { useMessages } from '../messages/use-messages.js'
import { ErrorNotice } from '../provider/error-notice.js'
import { useDeleteSource } from '../queries/sources.js'
import { Button } from '../ui/button.js'
import { Dialog } from '../ui/dialog.js'
import type { IntegrationHub } from './use-integration-hub.js'
import { UsageLine } from './usage-line.js'
import { useStartSync } from './use-start-sync.js'

export interface ManageSourceProps {
  hub: IntegrationHub
  source: Source
  connection: Connection | undefined
  /** Offered where the source was signed in to. Called in the click, so that a window may open. */
  onSignInAgain?: (() => void) | undefined
  onClose: () => void
}

/** Sync now, watch, edit, or remove: a dialog that asks once more before anything goes, and says what goes. */
export function ManageSource({ hub, source, connection, onSignInAgain, onClose }: ManageSourceProps) {
  const [isRemoving, setRemoving] = useState(false)
  const { sync, hub: texts, oauth } = useMessages()
  const start = useStartSync(hub)
  if (isRemoving) {
    return <RemoveSource hub={hub} source={source} connection={connection} onClose={onClose} />
  }
  const job = connection?.latestJob
  const isRunning = job !== undefined && !isFinalJob(job)
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={source.name}
      description={job ? `${sync.status[job.status]} · ${sync.rows(job.rowsSynced)}` : texts.never}
      footer={
        <>
          <Button variant="danger" onClick={() => setRemoving(true)}>
            {texts.remove}
          </Button>
          <Button onClick={() => hub.editSource(source)}>{texts.edit}</Button>
          {onSignInAgain && (
            <Button
              onClick={() => {
                onSignInAgain()
                onClose()
              }}
            >
              {oauth.signInAgain}
            </Button>
          )}
          {connection && isRunning && (
            <Button
              variant="primary"
              onClick={() => hub.send({ type: 'syncStarted', ...connection, jobId: job.jobId })}
            >
              {texts.watch}
            </Button>
          )}
          {connection && !isRunning && (
            <Button
              variant="primary"
              state={start.isBusy ? 'busy' : 'idle'}
              onClick={() => void start.syncNow(connection)}
            >
              {texts.syncNow}
            </Button>
          )}
        </>
      }
    >
      {start.error !== undefined && <ErrorNotice title={texts.errorTitle} error={start.error} />}
      {connection && <p>{connection.streams.map(({ name }) => name).join(', ')}</p>}
      {connection && <UsageLine connectionId={connection.connectionId} />}
    </Dialog>
  )
}

function RemoveSource({ hub, source, connection, onClose }: ManageSourceProps) {
  const { hub: texts } = useMessages()
  const deleteSource = useDeleteSource()
  const { sourceId, sourceType, name } = source
  const remove = () =>
    deleteSource.mutate(sourceId, {
      onSuccess: () => {
        hub.emit({ type: 'source_removed', sourceType, sourceId })
        onClose()
      },
      onError: hub.report,
    })
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={texts.removeTitle(name)}
      description={texts.removeText(name, connection ? 1 : 0)}
      footer={
        <>
          <Button onClick={onClose}>{texts.keep}</Button>
          <Button variant="danger" state={deleteSource.isPending ? 'busy' : 'idle'} onClick={remove}>
            {deleteSource.isPending ? texts.removing : texts.remove}
          </Button>
        </>
      }
    >
      {deleteSource.error && <ErrorNotice title={texts.errorTitle} error={deleteSource.error} />}
    </Dialog>
  )
}
