// Behaviours 10–16, 18, 20, 22, 24, 25, 27–29 of a connector form: a new one is filled in.
import { screen, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { button, connect, field, fold, openForm, radio, specOf } from '../../test/open-form.js'
import { apiKeySpec, databaseSpec, nestedChoiceSpec, objectListSpec } from '../../test/specs.js'

const optionalPart = {
  type: 'object',
  title: 'Proxy',
  required: ['url'],
  properties: {
    url: { type: 'string', title: 'Proxy URL' },
    port: { type: 'integer', title: 'Proxy port' },
    tries: { type: 'integer', title: 'Tries', default: 3 },
  },
}
const optionalWay = {
  title: 'Way',
  oneOf: ['push', 'pull'].map((is) => ({
    title: is,
    required: ['is'],
    properties: { is: { const: is }, pause: { type: 'integer', title: `Pause of ${is}`, default: 5 } },
  })),
}

describe('what is optional', () => {
  it('behaviour 10: optional fields are folded away, and can be opened and filled', async () => {
    const { user, submitted } = openForm(apiKeySpec)
    expect(screen.queryByLabelText('Page size')).toBeNull()
    expect(fold()).toHaveAttribute('aria-expanded', 'false')
    await user.click(fold())
    expect(fold()).toHaveAttribute('aria-expanded', 'true')
    await user.clear(field('Page size'))
    await user.type(field('Page size'), '250')
    await user.type(field('API key'), 'k')
    await user.type(field('Start date'), '2024-01-25')
    await user.click(connect())
    expect(submitted()).toEqual({ api_key: 'k', start_date: '2024-01-25', page_size: 250 })
  })

  it('behaviour 11: an always_show field is visible and still not required', async () => {
    const { user, submitted } = openForm(
      specOf(
        { hint: { type: 'string', title: 'Hint', always_show: true }, other: { type: 'string', title: 'Other' } },
        [],
      ),
    )
    expect(field('Hint')).toBeVisible()
    expect(field('Hint')).not.toHaveAttribute('aria-required')
    expect(screen.queryByLabelText('Other')).toBeNull()
    await user.click(connect())
    expect(submitted()).toEqual({})
  })

  it('behaviour 12: an optional object is visible, its own optional fields are folded, untouched it is not sent', async () => {
    const { user, submitted } = openForm(specOf({ proxy: optionalPart }, []))
    const group = screen.getByRole('group', { name: 'Proxy' })
    expect(within(group).getByLabelText('Proxy URL')).toBeVisible()
    expect(screen.queryByLabelText('Proxy port')).toBeNull()
    await user.click(connect())
    expect(submitted()).toEqual({})
    await user.click(within(group).getByRole('button', { name: /Optional settings/ }))
    await user.type(field('Proxy port'), '8080')
    await user.click(connect())
    expect(field('Proxy URL')).toHaveAccessibleDescription(/Proxy URL is required/)
  })

  it('behaviour 12: so is an optional oneOf', async () => {
    const { user } = openForm(specOf({ way: optionalWay }, []))
    expect(radio('push')).toBeVisible()
    expect(screen.queryByLabelText('Pause of push')).toBeNull()
    await user.click(fold())
    expect(field('Pause of push')).toHaveValue('5')
  })

  it('behaviour 13: defaults of folded fields are submitted though nobody opened them', async () => {
    const { user, onSubmit } = openForm(apiKeySpec)
    await user.type(field('API key'), ' key_1 ')
    await user.type(field('Start date'), '2024-01-25')
    await user.click(connect())
    expect(screen.queryByLabelText('Page size')).toBeNull()
    expect(onSubmit).toHaveBeenCalledExactlyOnceWith({
      name: 'Mine',
      configuration: { api_key: 'key_1', start_date: '2024-01-25', page_size: 100 },
    })
  })
})

describe('filling it in', () => {
  it('behaviour 15: a choice in a choice works, and switching the outer keeps nothing invalid', async () => {
    const { user, submitted, onSubmit } = openForm(nestedChoiceSpec)
    await user.click(radio('Role'))
    await user.type(field('Role name'), 'reader')
    await user.click(connect())
    expect(submitted()).toEqual({ account: { mode: 'service', login: { mode: 'role', role: 'reader' } } })
    await user.click(radio('Key file'))
    await user.click(radio('Person'))
    expect(screen.queryByRole('radio', { name: 'Role' })).toBeNull()
    await user.type(field('Email'), 'ada@example.com')
    await user.click(connect())
    expect(onSubmit).toHaveBeenCalledTimes(2)
    expect(submitted()).toEqual({ account: { mode: 'person', email: 'ada@example.com' } })
  })

  it('behaviour 16: nothing is submitted while a field is missing or wrong, and the first of them is focused', async () => {
    const { user, onSubmit } = openForm(
      specOf({
        host: { type: 'string', title: 'Host', order: 0 },
        port: { type: 'integer', title: 'Port', maximum: 65535, order: 1 },
        login: { type: 'string', title: 'Login', order: 2 },
      }),
    )
    await user.click(connect())
    expect(field('Host')).toHaveFocus()
    await user.type(field('Host'), 'h')
    await user.click(connect())
    expect(field('Port')).toHaveFocus()
    await user.type(field('Port'), '70000')
    await user.type(field('Login'), 'me')
    await user.click(connect())
    expect(field('Port')).toHaveFocus()
    expect(field('Login')).not.toHaveAttribute('aria-invalid')
    expect(onSubmit).not.toHaveBeenCalled()
    await user.keyboard('{Backspace}{Enter}')
    expect(onSubmit).toHaveBeenCalledOnce()
  })

  it('behaviour 18: a secret is typed unseen and sent as typed', async () => {
    const { user, submitted } = openForm(specOf({ key: { type: 'string', title: 'Key', airbyte_secret: true } }))
    await user.type(field('Key'), 's3cret-Ü')
    expect(field('Key')).toHaveAttribute('type', 'password')
    await user.click(connect())
    expect(submitted()).toEqual({ key: 's3cret-Ü' })
  })

  it('behaviour 20: chips are added by Enter, by pasting and by leaving, and removed by their crosses and Backspace', async () => {
    const { user, submitted } = openForm(
      specOf({ ids: { type: 'array', title: 'IDs', items: { type: 'integer' }, uniqueItems: true } }),
    )
    await user.type(field('IDs'), '1{Enter}2,2{Enter}')
    await user.click(field('IDs'))
    await user.paste('3, 4\n5')
    await user.keyboard('{Backspace}6')
    await user.click(button('Remove 1'))
    await user.click(connect())
    expect(submitted()).toEqual({ ids: [2, 3, 4, 6] })
  })

  it('behaviour 22: several of the choices are set and unset, a long list after filtering it', async () => {
    const values = Array.from({ length: 12 }, (_, index) => `value-${index}`)
    const { user, submitted } = openForm(specOf({ it: { type: 'array', title: 'It', items: { enum: values } } }))
    await user.click(screen.getByRole('checkbox', { name: 'value-7' }))
    await user.click(screen.getByRole('checkbox', { name: 'value-3' }))
    await user.click(screen.getByRole('checkbox', { name: 'value-7' }))
    await user.type(screen.getByRole('searchbox', { name: 'Filter It' }), '11')
    expect(screen.getAllByRole('checkbox')).toHaveLength(1)
    await user.click(screen.getByRole('checkbox', { name: 'value-11' }))
    await user.click(connect())
    expect(submitted()).toEqual({ it: ['value-3', 'value-11'] })
  })
})

describe('choosing a way', () => {
  const filled = async (method: (user: ReturnType<typeof openForm>['user']) => Promise<void>) => {
    const { user, submitted } = openForm(databaseSpec)
    await user.type(field('Host'), 'h')
    await user.type(field('Database'), 'd')
    await user.type(field('Username'), 'u')
    await method(user)
    await user.click(connect())
    return submitted()
  }

  it("behaviour 24: a choice's option can be changed, as cards and as a select", async () => {
    const configuration = await filled(async (user) => {
      expect(field('Replication slot')).toBeVisible()
      await user.click(radio('A cursor column'))
      expect(screen.queryByLabelText('Replication slot')).toBeNull()
      await user.selectOptions(field('Tunnel'), 'SSH with a key')
      expect(field('Private key')).toBeVisible()
      await user.selectOptions(field('Tunnel'), 'No tunnel')
      expect(screen.queryByLabelText('Private key')).toBeNull()
    })
    expect(configuration).toMatchObject({ method: { method: 'CURSOR' }, tunnel: { tunnel_method: 'NO_TUNNEL' } })
  })

  it('behaviour 25: the fields of the option are filled, its defaults are there', async () => {
    const configuration = await filled(async (user) => {
      await user.type(field('Replication slot'), 'slot')
      await user.selectOptions(field('Tunnel'), 'SSH with a key')
      expect(field('Jump server port')).toHaveValue('22')
      await user.type(field('Jump server host'), 'jump')
      await user.type(field('Private key'), '-----BEGIN{Enter}x{Enter}-----END')
    })
    expect(configuration).toMatchObject({
      method: { method: 'LOG', slot: 'slot', wait: 120 },
      tunnel: {
        tunnel_method: 'SSH_KEY_AUTH',
        tunnel_host: 'jump',
        tunnel_port: 22,
        ssh_key: '-----BEGIN\nx\n-----END',
      },
    })
  })

  it('behaviour 27: fields of the same name keep their values on switching', async () => {
    const configuration = await filled(async (user) => {
      await user.click(radio('A cursor column'))
      await user.selectOptions(field('Tunnel'), 'SSH with a key')
      await user.type(field('Jump server host'), 'jump')
      await user.type(field('Private key'), 'k')
      await user.selectOptions(field('Tunnel'), 'SSH with a password')
      expect(field('Jump server host')).toHaveValue('jump')
      await user.type(screen.getAllByLabelText('Password').at(-1)!, 'p')
    })
    expect(configuration).toMatchObject({
      tunnel: { tunnel_method: 'SSH_PASSWORD_AUTH', tunnel_host: 'jump', tunnel_user_password: 'p' },
    })
    expect(configuration?.tunnel).not.toHaveProperty('ssh_key')
  })
})

describe('a list of objects', () => {
  it('behaviour 28: its items are filled, choices inside them too', async () => {
    const { user, submitted } = openForm(objectListSpec)
    await user.type(field('Bucket'), 'b')
    await user.click(button('Add to Streams'))
    await user.type(field('Stream name'), 'orders')
    await user.click(radio('Parquet'))
    await user.click(fold())
    await user.type(field('Days to keep'), '30')
    await user.type(field('Key'), 'k')
    await user.click(connect())
    expect(submitted()).toEqual({
      bucket: 'b',
      streams: [{ name: 'orders', format: { filetype: 'parquet' }, days: 30, key: 'k' }],
    })
  })

  it('behaviour 28: what is missing or wrong in an item is said at its field', async () => {
    const { user, onSubmit } = openForm(objectListSpec)
    await user.type(field('Bucket'), 'b')
    await user.click(connect())
    expect(screen.getByRole('alert')).toHaveTextContent(/Streams/)
    await user.click(button('Add to Streams'))
    await user.click(connect())
    expect(onSubmit).not.toHaveBeenCalled()
    expect(field('Stream name')).toHaveFocus()
    expect(field('Stream name')).toHaveAccessibleDescription(/Stream name is required/)
  })

  it('behaviour 29: further ones are added, moved and removed', async () => {
    const { user, submitted } = openForm(objectListSpec)
    await user.type(field('Bucket'), 'b')
    for (const name of ['one', 'two', 'three']) {
      await user.click(button('Add to Streams'))
      await user.type(screen.getAllByLabelText('Stream name').at(-1)!, name)
    }
    await user.click(button(/^Move Stream name: three.* up$/))
    await user.click(button(/^Remove Stream name: one/))
    await user.click(connect())
    expect(submitted()?.streams).toMatchObject([{ name: 'three' }, { name: 'two' }])
  })
})
