// Behaviours 47–52 of a connector form: what users of Airbyte's own still ask for.
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { secretMask } from '../../spec/cast.js'
import { connect, field, fold, openForm, radio, specOf } from '../../test/open-form.js'
import { apiKeySpec, databaseSpec, everyKindSpec, objectListSpec, signInSpec } from '../../test/specs.js'

const storedKey = { api_key: secretMask, start_date: '2024-01-01' }

describe('still asked for', () => {
  it('behaviour 47: a refused submit names the fields near the button, each a way there', async () => {
    const { user } = openForm(apiKeySpec)
    expect(screen.queryByRole('alert')).toBeNull()
    await user.click(connect())
    const summary = screen.getByRole('alert')
    expect(summary).toHaveTextContent('2 fields need your attention')
    expect(connect().closest('[data-part=footer]')).toContainElement(summary)
    await user.click(within(summary).getByRole('button', { name: 'Start date is required.' }))
    expect(field('Start date')).toHaveFocus()
    await user.type(field('Start date'), '2024-01-01')
    expect(summary).toHaveTextContent('One field needs your attention')
  })

  it('behaviour 48: switching the way to sign in and back loses nothing', async () => {
    const { user, submitted } = openForm(signInSpec, { initialConfiguration: { subdomain: 'acme' } })
    await user.type(field('Client ID'), 'id')
    await user.type(field('Client secret'), 'secret')
    await user.click(radio('API token'))
    await user.type(screen.getByLabelText('API token', { selector: '[type=password]' }), 't')
    await user.click(radio('Sign in'))
    expect(field('Client ID')).toHaveValue('id')
    expect(field('Client secret')).toHaveValue('secret')
    await user.type(field('Refresh token'), 'r')
    await user.click(connect())
    expect(submitted()).toMatchObject({
      credentials: { auth_type: 'oauth2.0', client_id: 'id', client_secret: 'secret', refresh_token: 'r' },
    })
  })

  it('behaviour 49: a stored oneOf that fits no option shows none, and nothing is sent until one is chosen', async () => {
    const { user, onSubmit, submitted } = openForm(signInSpec, {
      initialConfiguration: { subdomain: 'acme', credentials: { auth_type: 'saml', assertion: 'x' } },
    })
    for (const option of screen.getAllByRole('radio')) expect(option).not.toBeChecked()
    await user.click(connect())
    expect(onSubmit).not.toHaveBeenCalled()
    await user.click(radio('API token'))
    await user.type(screen.getByLabelText('API token', { selector: '[type=password]' }), 't')
    await user.click(connect())
    expect(submitted()?.credentials).toEqual({ auth_type: 'token', access_token: 't' })
  })

  it('behaviour 49: what an option does not show is not sent, though it was stored beside it', async () => {
    const { user, submitted } = openForm(signInSpec, {
      initialConfiguration: {
        subdomain: 'acme',
        credentials: { auth_type: 'token', access_token: secretMask, client_id: 'old', refresh_token: secretMask },
      },
    })
    expect(radio('API token')).toBeChecked()
    await user.click(connect())
    expect(submitted()?.credentials).toEqual({ auth_type: 'token', access_token: secretMask })
  })

  it('behaviour 50: a long description takes two lines until somebody wants more', async () => {
    const { user } = openForm(everyKindSpec)
    const more = screen.getByRole('button', { name: 'Show more' })
    expect(more.closest('[data-state]')).toHaveAttribute('data-state', 'clamped')
    expect(more).toHaveAttribute('aria-expanded', 'false')
    await user.click(more)
    const less = screen.getByRole('button', { name: 'Show less' })
    expect(less.closest('[data-state]')).toHaveAttribute('data-state', 'whole')
  })

  it('behaviour 51: validation never clears a field', async () => {
    const { user } = openForm(
      specOf({
        count: { type: 'integer', title: 'Count' },
        day: { type: 'string', title: 'Day', format: 'date', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' },
        code: { type: 'string', title: 'Code', pattern: '^[a-z]+$' },
      }),
      { initialConfiguration: { day: 'last tuesday' } },
    )
    await user.type(field('Count'), '12 or so')
    await user.type(field('Code'), 'UPPER')
    await user.click(connect())
    expect(field('Count')).toHaveValue('12 or so')
    expect(field('Day')).toHaveValue('last tuesday')
    expect(field('Code')).toHaveValue('UPPER')
    for (const name of ['Count', 'Day', 'Code']) expect(field(name)).toBeInvalid()
  })

  it('behaviour 52: a check failure lands on its field, takes the focus, and goes once the field is changed', async () => {
    const errors = [{ path: ['start_date'], code: 'rejected', message: 'Beacon keeps one year only.' }]
    const { user } = openForm(apiKeySpec, { initialConfiguration: storedKey, errors })
    expect(field('Start date')).toHaveFocus()
    expect(field('Start date')).toHaveAccessibleDescription(/Beacon keeps one year only/)
    expect(screen.getByRole('alert')).toHaveTextContent('Beacon keeps one year only.')
    await user.clear(field('Start date'))
    expect(screen.queryByText('Beacon keeps one year only.')).toBeNull()
  })

  it('behaviour 52: also behind a fold, and in an item of a list', () => {
    const { unmount } = openForm(databaseSpec, {
      initialConfiguration: { host: 'h', port: 1, database: 'd', username: 'u', method: { method: 'LOG', slot: 's' } },
      errors: [{ path: ['method', 'wait'], code: 'rejected', message: 'That is too long.' }],
    })
    expect(field('Wait for changes (seconds)')).toHaveAccessibleDescription(/That is too long/)
    unmount()
    openForm(objectListSpec, {
      initialConfiguration: { bucket: 'b', streams: [{ name: 'orders', format: { filetype: 'csv' } }] },
      errors: [{ path: ['streams', '0', 'name'], code: 'rejected', message: 'There is no such file.' }],
    })
    expect(field('Stream name')).toHaveAccessibleDescription(/There is no such file/)
    expect(field('Stream name')).toHaveFocus()
  })

  it('behaviour 52: what belongs to no field is said near the button', () => {
    openForm(apiKeySpec, { errors: [{ path: ['gone'], code: 'rejected', message: 'The plan has ended.' }] })
    expect(screen.getByRole('alert')).toHaveTextContent('The plan has ended.')
    expect(fold()).toHaveAttribute('aria-expanded', 'false')
  })
})
