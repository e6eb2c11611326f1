import { screen, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { secretMask } from '../spec/cast.js'
import { render } from '../test/render.js'
import { apiKeySpec, everyKindSpec } from '../test/specs.js'
import { ConnectorForm, type ConnectorFormProps } from './connector-form.js'

const open = (props: Partial<ConnectorFormProps> & Pick<ConnectorFormProps, 'spec'>) => {
  const onSubmit = vi.fn<ConnectorFormProps['onSubmit']>()
  return { onSubmit, ...render(<ConnectorForm name="Mine" onSubmit={onSubmit} {...props} />) }
}
const field = (name: string | RegExp) => screen.getByLabelText(name)
const connect = () => screen.getByRole('button', { name: 'Connect' })
const fold = (index = 0) => screen.getAllByRole('button', { name: /Optional settings/ })[index]!

describe('what is wrong', () => {
  it('submits nothing, focuses the first wrong field and names all near the button (16, 47)', async () => {
    const { user, onSubmit } = open({ spec: apiKeySpec })
    await user.click(connect())
    expect(onSubmit).not.toHaveBeenCalled()
    expect(field('API key')).toHaveFocus()
    expect(field('API key')).toHaveAccessibleDescription(/API key is required\./)
    const summary = screen.getByRole('alert')
    expect(summary).toHaveTextContent('2 fields need your attention')
    await user.click(within(summary).getByRole('button', { name: 'Start date is required.' }))
    expect(field('Start date')).toHaveFocus()
  })

  it('asks for a name first', async () => {
    const { user, onSubmit } = open({
      spec: apiKeySpec,
      name: '',
      initialConfiguration: { api_key: secretMask, start_date: '2024-01-01' },
    })
    await user.click(connect())
    expect(field('Name')).toHaveFocus()
    expect(screen.getByRole('alert')).toHaveTextContent('Give this connection a name.')
    await user.type(field('Name'), 'Shop')
    await user.click(connect())
    expect(onSubmit.mock.lastCall?.[0].name).toBe('Shop')
  })

  it('says a broken rule when the field is left, not before, and keeps what was typed (45, 51)', async () => {
    const { user } = open({ spec: everyKindSpec })
    await user.type(field('Workspace'), 'Acme')
    expect(field('Workspace')).not.toHaveAttribute('aria-invalid')
    await user.tab()
    expect(field('Workspace')).toHaveAccessibleDescription(/must have the form name-number/)
    expect(field('Workspace')).toHaveValue('Acme')
    await user.type(field('Workspace'), '{Backspace>4/}acme-1')
    expect(field('Workspace')).not.toHaveAttribute('aria-invalid')
  })

  it('opens the fold of a wrong field (44)', async () => {
    const { user } = open({ spec: apiKeySpec })
    await user.click(fold())
    await user.clear(field('Page size'))
    await user.type(field('Page size'), '900')
    await user.click(fold())
    expect(field('Page size')).toHaveAccessibleDescription(/500 or less/)
  })

  it('puts what the server found at its field, focuses it, and takes it away once the field changes (52)', async () => {
    const props = {
      spec: apiKeySpec,
      initialConfiguration: { api_key: secretMask, start_date: '2024-01-01' },
    }
    const errors = [{ path: ['start_date'], code: 'rejected', message: 'Beacon keeps one year only.' }]
    const { user } = open({ ...props, errors })
    expect(field('Start date')).toHaveFocus()
    expect(field('Start date')).toHaveAccessibleDescription(/Beacon keeps one year only/)
    await user.clear(field('Start date'))
    expect(screen.queryByText('Beacon keeps one year only.')).toBeNull()
  })

  it('names what belongs to no field in the summary', () => {
    open({ spec: apiKeySpec, errors: [{ path: ['gone'], code: 'rejected', message: 'The plan has ended.' }] })
    expect(screen.getByRole('alert')).toHaveTextContent('The plan has ended.')
  })
})

describe('while it is busy', () => {
  it('says so and takes no second submit', async () => {
    const { user, onSubmit } = open({
      spec: apiKeySpec,
      busy: true,
      initialConfiguration: { api_key: 'k', start_date: '2024-01-01' },
    })
    await user.click(screen.getByRole('button', { name: 'Testing…' }))
    await user.click(field('Name'))
    await user.keyboard('{Enter}')
    expect(onSubmit).not.toHaveBeenCalled()
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
    const { container } = open({
      spec: {
        connectionSpecification: {
          properties: {
            a: { type: 'string', title: '<img src=x onerror=1>', description, always_show: true },
            c: { title: 'Way', description, oneOf: [option('x'), option('y')] },
          },
        },
      },
    })
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
