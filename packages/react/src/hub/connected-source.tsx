import type { Connection, Connector, Source } from '@opsai/contract'
import { useMessages } from '../messages/use-messages.js'
import { OAuthStatus } from '../oauth/oauth-status.js'
import type { UseOAuthPopup } from '../oauth/use-oauth-popup.js'
import { Badge } from '../ui/badge.js'
import { Button } from '../ui/button.js'
import { Logo } from '../ui/logo.js'
import type { KeptPlace } from './kept-place.js'
import { ManageSource } from './manage-source.js'
import { OpenFlowNotice } from './open-flow-notice.js'
import type { IntegrationHub } from './use-integration-hub.js'
import { useSignInAgain } from './use-sign-in-again.js'

export interface ConnectedSourceProps {
  hub: IntegrationHub
  source: Source
  /** Null where it has none, undefined while that is not known. */
  connection: Connection | null | undefined
  connector: Connector | undefined
  /** Its dialog is open. */
  isManaged: boolean
  onManage: (isWanted: boolean) => void
}

/** One connected source: its state, what to do with it, and where it was signed in to, the way to sign in again. */
export function ConnectedSource(props: ConnectedSourceProps) {
  return props.source.authorization === 'oauth' ? <SignedInSource {...props} /> : <SourceRow {...props} />
}

const keep: KeptPlace = { step: 'choosing' }

function SignedInSource(props: ConnectedSourceProps) {
  const popup = useSignInAgain(props.hub, props.source, { getInputs: () => ({ keep }) })
  return <SourceRow {...props} popup={popup} />
}

function SourceRow({ popup, ...props }: ConnectedSourceProps & { popup?: UseOAuthPopup }) {
  const { hub, source, connection, connector, isManaged, onManage } = props
  const { hub: texts, oauth } = useMessages()
  const isIdle = popup?.state.name === 'idle'
  const isFailing = source.checkStatus === 'failed' || connection?.latestJob?.status === 'failed'
  return (
    <li className="opsai-connected-row" data-part="connected-source" data-state={source.checkStatus}>
      <Logo name={source.name} {...(connector?.iconUrl && { iconUrl: connector.iconUrl })} />
      <SourceSummary source={source} connection={connection} />
      <span className="opsai-connected-actions">
        {isIdle && isFailing && (
          <Button size="small" aria-label={texts.signInAgainName(source.name)} onClick={popup.signIn}>
            {oauth.signInAgain}
          </Button>
        )}
        {connection === null && (
          <Button size="small" onClick={() => hub.send({ type: 'sourceOpened', ...source })}>
            {texts.chooseStreams}
          </Button>
        )}
        <Button size="small" variant="quiet" aria-label={texts.manageName(source.name)} onClick={() => onManage(true)}>
          {texts.manage}
        </Button>
      </span>
      {popup && <SignInAgain source={source} name={connector?.name ?? source.name} popup={popup} />}
      {isManaged && (
        <ManageSource
          hub={hub}
          source={source}
          connection={connection ?? undefined}
          {...(isIdle && { onSignInAgain: popup.signIn })}
          onClose={() => onManage(false)}
        />
      )}
    </li>
  )
}

/** What a sign-in begun in this row has come to, below it. */
function SignInAgain({ source, name, popup }: { source: Source; name: string; popup: UseOAuthPopup }) {
  if (popup.state.name === 'idle') return <OpenFlowNotice {...source} name={name} onAdopt={popup.adopt} />
  return (
    <OAuthStatus
      state={popup.state}
      name={name}
      purpose="again"
      place={popup.place}
      onSignIn={popup.signIn}
      onReopen={popup.reopen}
      onContinueHere={popup.continueHere}
      onCancel={popup.cancel}
    />
  )
}

const toneOf = { succeeded: 'success', failed: 'danger', cancelled: 'neutral' } as const

function SourceSummary({ source, connection }: Pick<ConnectedSourceProps, 'source' | 'connection'>) {
  const { sync, hub: texts } = useMessages()
  const job = connection?.latestJob
  const tone = Object.entries(toneOf).find(([status]) => status === job?.status)?.[1] ?? 'info'
  return (
    <div className="opsai-connected-text">
      <span className="opsai-connected-name">{source.name}</span>
      <span className="opsai-connected-state">
        {source.checkStatus === 'failed' && <Badge tone="danger">{texts.testFailed}</Badge>}
        {job ? <Badge tone={tone}>{sync.status[job.status]}</Badge> : connection ? texts.never : texts.notSyncing}
        {job && <span>{sync.rows(job.rowsSynced)}</span>}
      </span>
    </div>
  )
}
