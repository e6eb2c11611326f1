import { screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { secretMask } from '../spec/cast.js'
import { render } from '../test/render.js'
import { apiKeySpec, ownAppSignInSpec, signInSpec } from '../test/specs.js'
import { ConnectorForm, type ConnectorFormProps, type SignInSlotProps } from './connector-form.js'

const open = (props: Partial<ConnectorFormProps> & Pick<ConnectorFormProps, 'spec'>) => {
  const onSubmit = vi.fn<ConnectorFormProps['onSubmit']>()
  const prepared = vi.fn<(request: ReturnType<SignInSlotProps['prepare']>) => void>()
  const renderSignIn = ({ state, prepare }: SignInSlotProps) => (
    <button type="button" onClick={() => prepared(prepare())}>
      {state === 'done' ? 'Sign in again' : 'Sign in to Harbor'}
    </button>
  )
  const form = <ConnectorForm name="Harbor" onSubmit={onSubmit} renderSignIn={renderSignIn} {...props} />
  return { onSubmit, prepared, ...render(form) }
}
const signIn = () => screen.getByRole('button', { name: 'Sign in to Harbor' })
const connect = () => screen.getByRole('button', { name: 'Connect' })

describe('sign-in in the form', () => {
  it('shows no button for a connector without one, and hides nothing (30)', () => {
    open({ spec: apiKeySpec })
    expect(screen.queryByRole('button', { name: /Sign in/ })).toBeNull()
    expect(screen.getByLabelText('API key')).toBeVisible()
  })

  it('stands inside its option and hides what it fills; another option shows its own fields (31, 32, 33)', async () => {
    const { user } = open({ spec: signInSpec })
    expect(signIn().closest('[data-path]')).toHaveAttribute('data-path', 'credentials')
    expect(screen.queryByLabelText('Client ID')).toBeNull()
    await user.click(screen.getByRole('radio', { name: 'API token' }))
    expect(screen.queryByRole('button', { name: /Sign in/ })).toBeNull()
    expect(screen.getByLabelText('API token', { selector: '[type=password]' })).toBeVisible()
  })

  it('lets everything be typed where nobody offers a sign-in', () => {
    open({ spec: signInSpec, renderSignIn: undefined })
    expect(screen.getByLabelText('Client secret')).toBeVisible()
  })

  it('validates what it needs first, and then hands it over (35)', async () => {
    const { user, prepared } = open({ spec: signInSpec })
    await user.click(signIn())
    expect(prepared).toHaveBeenLastCalledWith(null)
    expect(screen.getByLabelText('Subdomain')).toHaveFocus()
    await user.type(screen.getByLabelText('Subdomain'), 'acme')
    await user.click(signIn())
    expect(prepared).toHaveBeenLastCalledWith({
      name: 'Harbor',
      inputs: { subdomain: 'acme' },
      configuration: { subdomain: 'acme', credentials: { auth_type: 'oauth2.0' }, lookback_days: 0 },
    })
  })

  it('is missing only after a submit was tried, and says so beside the button (38)', async () => {
    const { user, onSubmit } = open({ spec: signInSpec })
    await user.type(screen.getByLabelText('Subdomain'), 'acme')
    expect(screen.queryByText('Sign in first.')).toBeNull()
    await user.click(connect())
    expect(onSubmit).not.toHaveBeenCalled()
    expect(signIn().parentElement).toHaveTextContent('Sign in first.')
    expect(signIn()).toHaveFocus()
  })

  it('does not ask for hidden fields once another way is chosen (39)', async () => {
    const { user, onSubmit } = open({ spec: signInSpec })
    await user.type(screen.getByLabelText('Subdomain'), 'acme')
    await user.click(screen.getByRole('radio', { name: 'API token' }))
    await user.type(screen.getByLabelText('API token', { selector: '[type=password]' }), 't')
    await user.click(connect())
    expect(onSubmit.mock.lastCall?.[0].configuration).toMatchObject({
      credentials: { auth_type: 'token', access_token: 't' },
    })
  })

  it('submits without the hidden fields once it happened (36)', async () => {
    const { user, onSubmit } = open({ spec: signInSpec, signedIn: true })
    await user.type(screen.getByLabelText('Subdomain'), 'acme')
    await user.click(connect())
    expect(onSubmit.mock.lastCall?.[0].configuration).toMatchObject({
      credentials: { auth_type: 'oauth2.0' },
    })
  })

  it('offers to sign in again where it is stored (37)', () => {
    const credentials = {
      auth_type: 'oauth2.0',
      client_id: 'i',
      client_secret: secretMask,
      refresh_token: secretMask,
    }
    open({ spec: signInSpec, initialConfiguration: { subdomain: 'acme', credentials } })
    expect(screen.getByRole('button', { name: 'Sign in again' })).toBeVisible()
  })

  it('shows one way to go on where signing in finishes the form', async () => {
    const { user } = open({ spec: signInSpec, signInSubmits: true })
    expect(screen.queryByRole('button', { name: 'Connect' })).toBeNull()
    await user.click(screen.getByRole('radio', { name: 'API token' }))
    expect(connect()).toBeVisible()
  })

  it('offers typing only without app credentials of the operator, and the way back (34)', async () => {
    const { user } = open({ spec: ownAppSignInSpec })
    expect(screen.getByLabelText('Client ID')).toBeVisible()
    expect(screen.queryByLabelText('Refresh token')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Enter credentials myself' }))
    expect(screen.getByLabelText('Refresh token')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Sign in instead' }))
    expect(signIn()).toBeVisible()
  })

  it('never offers typing where the operator holds them', () => {
    open({ spec: signInSpec })
    expect(screen.queryByRole('button', { name: 'Enter credentials myself' })).toBeNull()
  })
})
