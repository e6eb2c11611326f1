import type { ConnectorSpec } from '@opsai/contract'
import { useEffect, useRef } from 'react'
import { ConnectorForm } from '../../form/connector-form.js'
import type { SignInInputs } from '../../oauth/create-oauth-popup.js'
import { OAuthStatus } from '../../oauth/oauth-status.js'
import { useOAuthPopup } from '../../oauth/use-oauth-popup.js'
import { useMessages } from '../../messages/use-messages.js'
import { ErrorNotice } from '../../provider/error-notice.js'
import { useConnectorSpec } from '../../queries/connectors.js'
import { Skeleton, SkeletonGroup } from '../../ui/skeleton.js'
import { VisuallyHidden } from '../../ui/visually-hidden.js'
import { ConnectNotice } from '../connect-notice.js'
import { StepFrame } from '../step-frame.js'
import { useConnectSource } from '../use-connect-source.js'
import type { IntegrationHub } from '../use-integration-hub.js'
import { useConnectorLook } from './connector-logo.js'

export interface ConnectStepProps {
  hub: IntegrationHub
  sourceType: string
}

/** Step 2: the connector's form, with sign-in where it has one. */
export function ConnectStep({ hub, sourceType }: ConnectStepProps) {
  const { hub: texts } = useMessages()
  const spec = useConnectorSpec(sourceType)
  const look = useConnectorLook(sourceType)
  const guide = spec.data?.documentationUrl
  return (
    <StepFrame
      title={texts.connectTitle(spec.data?.name ?? look.name)}
      logo={look.logo}
      onBack={hub.goBack}
      intro={
        guide && (
          <a className="opsai-link" href={guide} target="_blank" rel="noreferrer">
            {texts.documentation}
          </a>
        )
      }
    >
      {spec.isPending && (
        <SkeletonGroup label={texts.loadingForm}>
          <Skeleton shape="input" />
          <Skeleton shape="input" />
          <Skeleton shape="input" />
        </SkeletonGroup>
      )}
      {spec.error && (
        <ErrorNotice title={texts.specErrorTitle} error={spec.error} onRetry={() => void spec.refetch()} />
      )}
      {spec.data && <ConnectSource hub={hub} spec={spec.data} />}
    </StepFrame>
  )
}

function ConnectSource({ hub, spec }: { hub: IntegrationHub; spec: ConnectorSpec }) {
  const { hub: texts } = useMessages()
  const { sourceType, name } = spec
  const connect = useConnectSource(hub, sourceType)
  const inputs = useRef<SignInInputs>({})
  const { onAuthorized, onSignInFailed, offered, isBusy, problem } = connect
  const popup = useOAuthPopup({
    sourceType,
    getInputs: () => inputs.current,
    onAuthorized: (signedIn) => void onAuthorized(signedIn),
    onFailed: onSignInFailed,
  })
  const { offer, signIn } = popup
  useEffect(() => {
    if (offered) offer(offered)
  }, [offered, offer])

  const signInWith = (request: SignInInputs | null) => {
    if (!request) return
    inputs.current = request
    signIn()
    inputs.current = {}
  }
  const toStatus = (onSignIn: () => void) => (
    <OAuthStatus state={popup.state} name={name} onSignIn={onSignIn} onReopen={popup.reopen} onCancel={popup.cancel} />
  )
  return (
    <>
      <ConnectorForm
        spec={spec}
        name={name}
        busy={isBusy}
        {...(problem && { errors: problem.fieldErrors, status: <ConnectNotice connect={connect} /> })}
        onSubmit={connect.submit}
        renderSignIn={({ prepare }) => toStatus(() => signInWith(prepare()))}
        signInSubmits
        submitLabel={texts.testAndConnect}
        {...(offered && { footer: toStatus(signIn) })}
      />
      <VisuallyHidden>
        <span role="status">{isBusy && texts.testing(name)}</span>
      </VisuallyHidden>
    </>
  )
}
