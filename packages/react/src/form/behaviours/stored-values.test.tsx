// Behaviours 14, 17, 19, 21, 23 and 26 of a connector form: a stored configuration is edited.
import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { secretMask } from '../../spec/cast.js'
import { button, connect, field, fold, openForm, radio, specOf } from '../../test/open-form.js'
import { apiKeySpec, databaseSpec } from '../../test/specs.js'

const storedKey = { api_key: secretMask, start_date: '2024-01-01' }
const storedDatabase = { host: 'h', port: 5433, database: 'd', username: 'u' }

describe('editing what is stored', () => {
  it('behaviour 14: a fold that holds a value of its own opens by itself, one with defaults stays closed', () => {
    const { unmount } = openForm(apiKeySpec, { initialConfiguration: { ...storedKey, page_size: 100 } })
    expect(fold()).toHaveAttribute('aria-expanded', 'false')
    unmount()
    openForm(apiKeySpec, { initialConfiguration: { ...storedKey, page_size: 50 } })
    expect(fold()).toHaveAttribute('aria-expanded', 'true')
    expect(field('Page size')).toHaveValue('50')
  })

  it('behaviour 17: stored values are cast to the spec, and properties it does not know are dropped', async () => {
    const { user, submitted } = openForm(
      specOf({
        host: { type: 'string', title: 'Host' },
        port: { type: 'integer', title: 'Port' },
        ratio: { type: 'number', title: 'Ratio' },
        tls: { type: 'boolean', title: 'TLS' },
        sizes: { type: 'array', title: 'Sizes', items: { type: 'integer' } },
        level: { type: 'integer', title: 'Level', enum: [1, 2] },
        tunnel: { type: 'object', title: 'Tunnel', required: ['on'], properties: { on: { type: 'boolean' } } },
      }),
      {
        initialConfiguration: {
          host: 10,
          port: '5432',
          ratio: '0.5',
          tls: 'true',
          sizes: ['1', 2],
          level: '2',
          tunnel: { on: true, speed: 9 },
          connection_string: 'gone',
        },
      },
    )
    expect(field('Port')).toHaveValue('5432')
    await user.click(connect())
    expect(submitted()).toEqual({
      host: '10',
      port: 5432,
      ratio: 0.5,
      tls: true,
      sizes: [1, 2],
      level: 2,
      tunnel: { on: true },
    })
  })

  it('behaviour 19: a stored secret is never shown, can be replaced, and keeping it restores the mask', async () => {
    const { user, submitted } = openForm(apiKeySpec, { initialConfiguration: storedKey })
    expect(screen.queryByDisplayValue(secretMask)).toBeNull()
    await user.click(connect())
    expect(submitted()).toMatchObject({ api_key: secretMask })
    await user.click(button('Replace API key'))
    expect(field('API key')).toHaveFocus()
    expect(field('API key')).toHaveValue('')
    await user.type(field('API key'), 'new')
    await user.click(connect())
    expect(submitted()).toMatchObject({ api_key: 'new' })
    await user.click(button('Keep stored API key'))
    expect(button('Replace API key')).toBeVisible()
    await user.click(connect())
    expect(submitted()).toMatchObject({ api_key: secretMask })
  })

  it('behaviour 19: a secret opened to be replaced and left empty is asked for, not sent empty', async () => {
    const { user, onSubmit } = openForm(apiKeySpec, { initialConfiguration: storedKey })
    await user.click(button('Replace API key'))
    await user.click(connect())
    expect(onSubmit).not.toHaveBeenCalled()
    expect(field('API key')).toHaveAccessibleDescription(/API key is required/)
  })

  it('behaviour 21: stored chips are there, taken away and added to', async () => {
    const { user, submitted } = openForm(databaseSpec, {
      initialConfiguration: {
        ...storedDatabase,
        schemas: ['public', 'sales'],
        tunnel: { tunnel_method: 'NO_TUNNEL' },
        method: { method: 'CURSOR' },
      },
    })
    await user.click(button('Remove public'))
    await user.type(field('Schemas'), 'stock{Enter}')
    await user.click(connect())
    expect(submitted()).toMatchObject({ schemas: ['sales', 'stock'] })
  })

  it('behaviour 23: stored choices of several are set, and others added', async () => {
    const markets = { type: 'array', title: 'Markets', items: { enum: ['DE', 'FR', 'IT', 'PL'] } }
    const { user, submitted } = openForm(specOf({ markets }), { initialConfiguration: { markets: ['FR', 'PL'] } })
    expect(screen.getByRole('checkbox', { name: 'FR' })).toBeChecked()
    expect(screen.getByRole('checkbox', { name: 'DE' })).not.toBeChecked()
    await user.click(screen.getByRole('checkbox', { name: 'DE' }))
    await user.click(screen.getByRole('checkbox', { name: 'PL' }))
    await user.click(connect())
    expect(submitted()).toEqual({ markets: ['DE', 'FR'] })
  })

  it('behaviour 26: a stored oneOf opens on its own option, not on the default, and can be edited', async () => {
    const { user, submitted } = openForm(databaseSpec, {
      initialConfiguration: {
        ...storedDatabase,
        method: { method: 'CURSOR' },
        tunnel: { tunnel_method: 'SSH_KEY_AUTH', tunnel_host: 'jump', tunnel_port: '2222', ssh_key: secretMask },
      },
    })
    expect(radio('A cursor column')).toBeChecked()
    expect(field('Tunnel')).toHaveDisplayValue('SSH with a key')
    expect(field('Jump server port')).toHaveValue('2222')
    await user.type(field('Jump server host'), '2')
    await user.click(connect())
    expect(submitted()).toEqual({
      ...storedDatabase,
      method: { method: 'CURSOR' },
      tunnel: { tunnel_method: 'SSH_KEY_AUTH', tunnel_host: 'jump2', tunnel_port: 2222, ssh_key: secretMask },
    })
  })
})
