// Behaviours 30–39 of a connector form: signing in at the provider, from within the form.
import { screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { secretMask } from '../../spec/cast.js'
import type { FormSpec } from '../../spec/spec-to-form.js'
import { button, connect, field, openForm, radio } from '../../test/open-form.js'
import { apiKeySpec, ownAppSignInSpec, rootSignInSpec, signInSpec } from '../../test/specs.js'
import type { ConnectorFormProps, SignInSlotProps } from '../connector-form.js'

const openSignIn = (spec: FormSpec, props: Partial<ConnectorFormProps> = {}) => {
  const prepared = vi.fn<(request: ReturnType<SignInSlotProps['prepare']>) => void>()
  const renderSignIn = ({ state, prepare }: SignInSlotProps) => (
    <button type="button" onClick={() => prepared(prepare())}>
      {state === 'done' ? 'Sign in again' : 'Sign in to Harbor'}
    </button>
  )
  return { prepared, ...openForm(spec, { renderSignIn, ...props }) }
}
const signIn = () => button('Sign in to Harbor')
const noSignIn = () => expect(screen.queryByRole('button', { name: /Sign in (to|again)/ })).toBeNull()
const token = () => screen.getByLabelText('API token', { selector: '[type=password]' })

const brought = { auth_type: 'oauth2.0', client_id: 'i', client_secret: secretMask, refresh_token: secretMask }

describe('where it stands', () => {
  it('behaviour 30: a connector without advancedAuth shows no button and hides nothing', () => {
    openSignIn(apiKeySpec)
    noSignIn()
    expect(field('API key')).toBeVisible()
  })

  it('behaviour 31: the button stands inside the option whose predicate holds', () => {
    openSignIn(signInSpec)
    expect(screen.getByRole('group', { name: 'How to connect' })).toContainElement(signIn())
    expect(radio('Sign in')).toBeChecked()
  })

  it('behaviour 31: without a predicate it stands at the root', () => {
    openSignIn(rootSignInSpec)
    expect(signIn().closest('fieldset')).toBeNull()
    expect(screen.queryByLabelText('Access token')).toBeNull()
    expect(field('Start date')).toBeVisible()
  })

  it('behaviour 32: it vanishes when another option is chosen, and comes back', async () => {
    const { user } = openSignIn(signInSpec)
    await user.click(radio('API token'))
    noSignIn()
    await user.click(radio('Sign in'))
    expect(signIn()).toBeVisible()
  })

  it("behaviour 33: with the operator's credentials all it fills is hidden, and shown for another option", async () => {
    const { user } = openSignIn(signInSpec)
    for (const name of ['Client ID', 'Client secret', 'Refresh token']) {
      expect(screen.queryByLabelText(name)).toBeNull()
    }
    await user.click(radio('API token'))
    expect(token()).toBeVisible()
  })

  it('behaviour 33: without them the app credentials are typed, and only what consent returns is hidden', () => {
    openSignIn(ownAppSignInSpec)
    expect(field('Client ID')).toBeVisible()
    expect(field('Client secret')).toBeVisible()
    expect(screen.queryByLabelText('Refresh token')).toBeNull()
  })

  it("behaviour 34: typing it all is offered without the operator's credentials, and shows what was hidden", async () => {
    const { user } = openSignIn(ownAppSignInSpec)
    await user.click(button('Enter credentials myself'))
    noSignIn()
    expect(field('Refresh token')).toBeVisible()
    await user.click(button('Sign in instead'))
    expect(signIn()).toBeVisible()
    expect(screen.queryByLabelText('Refresh token')).toBeNull()
  })

  it.each([
    ['where the operator holds them', true],
    ['while that is unknown', undefined],
  ])('behaviour 34: typing is not offered %s', (_, available) => {
    openSignIn({ ...signInSpec, advancedAuthGlobalCredentialsAvailable: available })
    expect(signIn()).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Enter credentials myself' })).toBeNull()
  })
})

describe('what it needs and brings', () => {
  it('behaviour 35: what the provider needs is validated first, and then handed over', async () => {
    const { user, prepared } = openSignIn(signInSpec)
    await user.click(signIn())
    expect(prepared).toHaveBeenLastCalledWith(null)
    expect(field('Subdomain')).toHaveFocus()
    await user.type(field('Subdomain'), 'Not valid')
    await user.click(signIn())
    expect(prepared).toHaveBeenLastCalledWith(null)
    await user.clear(field('Subdomain'))
    await user.type(field('Subdomain'), 'acme')
    await user.click(signIn())
    expect(prepared).toHaveBeenLastCalledWith({
      name: 'Mine',
      inputs: { subdomain: 'acme' },
      configuration: { subdomain: 'acme', credentials: { auth_type: 'oauth2.0' }, lookback_days: 0 },
    })
  })

  it('behaviour 35: an optional input of the provider is not folded away, its value goes along', async () => {
    const { user, prepared } = openSignIn(rootSignInSpec)
    await user.type(field('Start date'), '2024-01-01')
    await user.click(screen.getByRole('switch', { name: 'Sandbox' }))
    await user.click(signIn())
    expect(prepared.mock.lastCall?.[0]).toMatchObject({ inputs: { is_sandbox: true } })
  })

  it('behaviour 36: once signed in, the form submits without what the provider fills in', async () => {
    const { user, submitted } = openSignIn(signInSpec, { signedIn: true })
    await user.type(field('Subdomain'), 'acme')
    await user.click(connect())
    expect(submitted()).toEqual({ subdomain: 'acme', credentials: { auth_type: 'oauth2.0' }, lookback_days: 0 })
  })

  it('behaviour 36: what consent brought lands in its paths and is submitted', async () => {
    const { user, submitted } = openSignIn(signInSpec, {
      initialConfiguration: { subdomain: 'acme', credentials: brought },
    })
    await user.click(connect())
    expect(submitted()).toMatchObject({ subdomain: 'acme', credentials: brought })
  })

  it.each([
    ['in an option', signInSpec, { subdomain: 'acme', credentials: brought }],
    ['at the root', rootSignInSpec, { access_token: secretMask, start_date: '2024-01-01' }],
  ])('behaviour 37: a form that has it already offers to sign in again: %s', (_, spec, initialConfiguration) => {
    openSignIn(spec, { initialConfiguration })
    expect(button('Sign in again')).toBeVisible()
  })
})

describe('what is missing', () => {
  it('behaviour 38: sign-in is missing only after a submit was tried, and said beside the button', async () => {
    const { user, onSubmit } = openSignIn(signInSpec)
    await user.type(field('Subdomain'), 'acme')
    await user.tab()
    expect(screen.queryByText('Sign in first.')).toBeNull()
    await user.click(connect())
    expect(onSubmit).not.toHaveBeenCalled()
    expect(signIn().closest('[data-part=sign-in]')).toHaveTextContent('Sign in first.')
    expect(signIn()).toHaveFocus()
  })

  it('behaviour 39: fields that signing in fills are never missed, nor once another option is selected', async () => {
    const { user, submitted } = openSignIn(signInSpec)
    await user.type(field('Subdomain'), 'acme')
    await user.click(connect())
    expect(screen.getByRole('alert')).not.toHaveTextContent(/Client|Refresh/)
    await user.click(radio('API token'))
    expect(screen.queryByText('Sign in first.')).toBeNull()
    await user.type(token(), 't')
    await user.click(connect())
    expect(submitted()).toMatchObject({ credentials: { auth_type: 'token', access_token: 't' } })
  })
})
