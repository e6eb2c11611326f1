// What the numbered behaviours leave open: being accessible, busy, hostile specs, sign-in where it is or isn't offered.
import { screen } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { secretMask } from '../spec/cast.js'
import { expectAccessible } from '../test/a11y.js'
import { button, connect, field, openForm, radio, specOf } from '../test/open-form.js'
import { apiKeySpec, databaseSpec, everyKindSpec, objectListSpec, signInSpec } from '../test/specs.js'

const stored = { api_key: secretMask, start_date: '2024-01-01' }

describe('a form', () => {
  it.each([
    ['an API key', apiKeySpec],
    ['a database', databaseSpec],
    ['every kind', everyKindSpec],
    ['a list of objects', objectListSpec],
  ])('is accessible: %s, before and after a refused submit', async (_, spec) => {
    const { user, container } = openForm(spec)
    await expectAccessible(container)
    await user.click(connect())
    await expectAccessible(container)
  })

  it('submits by Enter, and works by keyboard alone', async () => {
    const { user, onSubmit } = openForm(apiKeySpec)
    await user.tab()
    await user.tab()
    await user.tab()
    expect(field('API key')).toHaveFocus()
    await user.keyboard('key_1')
    await user.type(field('Start date'), '2024-01-25')
    await user.click(field('API key'))
    await user.keyboard('{Enter}')
    expect(onSubmit).toHaveBeenCalledOnce()
  })

  it('never shows constants and hidden fields', () => {
    openForm(everyKindSpec)
    expect(screen.queryByLabelText(/mode|legacy/i)).toBeNull()
  })

  it('draws nothing of what has nothing to choose or fill in, nor its card, and sends it', async () => {
    const only = { title: 'Plain', required: ['is'], properties: { is: { const: 'plain' } } }
    const format = { type: 'object', title: 'Format', group: 'more', oneOf: [only] }
    const holder = { type: 'object', title: 'Holder', group: 'more', required: ['format'], properties: { format } }
    const { user, submitted } = openForm({
      connectionSpecification: {
        required: ['host', 'format', 'holder'],
        groups: [{ id: 'first' }, { id: 'more', title: 'Advanced' }],
        properties: { host: { type: 'string', title: 'Host', group: 'first' }, format, holder },
      },
    })
    for (const name of ['Format', 'Holder', 'Advanced']) expect(screen.queryByText(name)).toBeNull()
    await user.type(field('Host'), 'h')
    await user.click(connect())
    expect(submitted()).toEqual({ host: 'h', format: { is: 'plain' }, holder: { format: { is: 'plain' } } })
  })

  it('asks for a name first, and leads to it', async () => {
    const { user, onSubmit } = openForm(apiKeySpec, { name: '', initialConfiguration: stored })
    await user.click(connect())
    expect(field('Name')).toHaveFocus()
    await user.click(button('Give this connection a name.'))
    expect(field('Name')).toHaveFocus()
    await user.type(field('Name'), 'Shop')
    await user.click(connect())
    expect(onSubmit.mock.lastCall?.[0].name).toBe('Shop')
  })

  it('says that it is busy and takes no second submit', async () => {
    const { user, onSubmit } = openForm(apiKeySpec, { busy: true, initialConfiguration: stored })
    await user.click(button('Testing…'))
    await user.click(field('Name'))
    await user.keyboard('{Enter}')
    expect(onSubmit).not.toHaveBeenCalled()
  })

  it.each([
    ['forgets', 'accepted', ''],
    ['keeps', 'rejected', 'key_1'],
  ] as const)('%s what was typed once it was %s', async (_, outcome, value) => {
    const onSubmit = vi.fn().mockResolvedValue(outcome)
    const { user } = openForm(apiKeySpec, { initialConfiguration: { start_date: '2024-01-01' }, onSubmit })
    await user.type(field('API key'), 'key_1')
    await user.click(connect())
    expect(await screen.findByRole('button', { name: 'Connect' })).toBeEnabled()
    expect(field('API key')).toHaveValue(value)
  })
})

describe('sign-in in the form', () => {
  const renderSignIn = () => <button type="button">Sign in to Harbor</button>

  it('lets everything be typed where nobody offers it', () => {
    openForm(signInSpec)
    expect(field('Client secret')).toBeVisible()
  })

  it('is the one way to go on where it finishes the form', async () => {
    const { user } = openForm(signInSpec, { renderSignIn, signInSubmits: true })
    expect(screen.queryByRole('button', { name: 'Connect' })).toBeNull()
    await user.click(radio('API token'))
    expect(connect()).toBeVisible()
  })
})

describe('hostile specs', () => {
  it('puts nothing of a description into the page but words and https links', async () => {
    const description =
      '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script><a href="javascript:window.pwned=1">key</a> ' +
      '<a href="https://ok.example/">docs</a><iframe srcdoc="<script>parent.pwned=1</script>"></iframe><style>*{display:none}</style>'
    const option = (value: string) => ({
      title: `<b>${value}</b>`,
      description,
      properties: { k: { const: value } },
    })
    const { container } = openForm(
      specOf({
        a: { type: 'string', title: '<img src=x onerror=1>', description },
        c: { title: 'Way', description, oneOf: [option('x'), option('y')] },
      }),
    )
    expect(container.querySelectorAll('script, img, iframe, style, object, embed')).toHaveLength(0)
    const links = [...container.querySelectorAll('a')]
    expect(links.length).toBeGreaterThan(0)
    for (const link of links) {
      expect(link.href).toBe('https://ok.example/')
      expect(link).toHaveAttribute('rel', 'noopener noreferrer')
    }
    expect(
      [...container.querySelectorAll('*')]
        .flatMap((element) => [...element.attributes])
        .filter(({ name }) => name.startsWith('on')),
    ).toEqual([])
    expect(window).not.toHaveProperty('pwned')
  })
})
