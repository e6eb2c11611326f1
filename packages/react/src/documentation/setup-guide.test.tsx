import { screen, waitFor, within } from '@testing-library/react'
import { http, HttpResponse } from 'msw'
import { expect, test, vi } from 'vitest'
import { AirbyteIntegrationHub } from '../hub/airbyte-integration-hub.js'
import { expectAccessible } from '../test/a11y.js'
import { render } from '../test/render.js'
import { renderWithProxy } from '../testing/test-hub.js'
import { Documentation } from './documentation.js'

const find = { timeout: 15_000 }
vi.setConfig({ testTimeout: 60_000 })

const current = () => [...document.querySelectorAll('.opsai-guide-section[data-state=current]')]

const openStripe = async (setUp?: (rendered: ReturnType<typeof renderWithProxy>) => void) => {
  const rendered = renderWithProxy(<AirbyteIntegrationHub tenantId="acme" onIntegrationsComplete={vi.fn()} />)
  setUp?.(rendered)
  const all = await screen.findByRole('region', { name: 'All connectors' }, find)
  await rendered.user.click(within(all).getByRole('button', { name: 'Stripe' }))
  await screen.findByLabelText('API key', {}, find)
  return rendered
}

test('the guide stands beside the form and follows the focus', async () => {
  const { user } = await openStripe()
  const guide = await screen.findByRole('complementary', { name: 'Setup guide' }, find)
  expect(await within(guide).findByRole('heading', { name: 'Make a key' }, find)).toBeInTheDocument()
  expect(within(guide).queryByText(/This is not shown beside a form/)).not.toBeInTheDocument()
  expect(within(guide).getByText(/behind a firewall/)).toBeInTheDocument()
  expect(within(guide).queryByText('Let our addresses in.')).not.toBeInTheDocument()
  expect(current()).toEqual([])

  await user.click(screen.getByLabelText('API key'))
  expect(current().map((section) => section.querySelector('h6')?.textContent)).toEqual(['Make a key'])
  await user.click(screen.getByLabelText('Name'))
  await user.type(screen.getByLabelText('API key'), 'k')
  await expectAccessible(document.body)
})

test('it can be put away and stays away with the next connector', async () => {
  const { user, show } = await openStripe()
  await user.click(await screen.findByRole('button', { name: 'Put the setup guide away' }, find))
  expect(screen.queryByRole('complementary', { name: 'Setup guide' })).not.toBeInTheDocument()
  expect(screen.getByRole('button', { name: 'Show the setup guide' })).toHaveFocus()
  show(<AirbyteIntegrationHub tenantId="acme" key="anew" onIntegrationsComplete={vi.fn()} />)
  const all = await screen.findByRole('region', { name: 'All connectors' }, find)
  await user.click(within(all).getByRole('button', { name: 'PostgreSQL' }))
  await user.click(await screen.findByRole('button', { name: 'Show the setup guide' }, find))
  expect(await screen.findByRole('heading', { name: 'A user who may only read' }, find)).toBeInTheDocument()
})

test('where there is no room it opens in a dialog', async () => {
  const { user } = await openStripe()
  await user.click(await screen.findByRole('button', { name: 'Setup guide' }, find))
  const dialog = screen.getByRole('dialog', { name: 'Setup guide' })
  expect(await within(dialog).findByRole('heading', { name: 'Make a key' }, find)).toBeInTheDocument()
})

test.each([
  [
    'serves no text',
    () => HttpResponse.json({ documentationUrl: 'https://docs.airbyte.com/integrations/sources/stripe' }),
  ],
  ['fails', () => new HttpResponse(null, { status: 500 })],
])('where Airbyte %s the form stands alone, with a link', async (_, answer) => {
  await openStripe(({ server }) => server.use(http.get('/api/airbyte/sources/stripe/documentation', answer)))
  expect(await screen.findByRole('link', { name: 'Setup guide' }, find)).toHaveAttribute('rel', 'noopener noreferrer')
  expect(screen.queryByRole('complementary')).not.toBeInTheDocument()
})

test('the guide scrolls itself to the section, never the page', async () => {
  const markdown = 'a\n\n<FieldAnchor field="b">\n\nc\n\n</FieldAnchor>'
  const offsetTop = vi.spyOn(HTMLElement.prototype, 'offsetTop', 'get').mockReturnValue(512)
  const scrollIntoView = vi.spyOn(Element.prototype, 'scrollIntoView')
  render(<Documentation markdown={markdown} focusedPath={['b']} />)
  expect(screen.getByRole('group', { name: 'Setup guide' }).scrollTop).toBe(500)
  expect(scrollIntoView).not.toHaveBeenCalled()
  offsetTop.mockRestore()
})

test('headings go on below ours and leave no level out', () => {
  render(<Documentation markdown={'# A\n\n### B\n\n##### C'} headingLevel={3} />)
  expect(screen.getAllByRole('heading').map(({ tagName }) => tagName)).toEqual(['H3', 'H4', 'H5'])
})

test('what a stranger wrote puts nothing of its own into the page', async () => {
  const executed = vi.fn()
  Object.assign(globalThis, { executed })
  const hostile = [
    '<script>executed()</script>',
    '<img src="x" onerror="executed()">',
    '<svg onload="executed()"><a xlink:href="javascript:executed()">x</a></svg>',
    '[a](javascript:executed()) [b](data:text/html,x) [c](http://plain.example) [d](//evil.example "t")',
    '![p](https://tracker.example/p.png)',
    '<a href="javascript:executed()" onclick="executed()">e</a>',
    '<iframe src="https://evil.example"></iframe><form action="https://evil.example"><input name="x"></form>',
    '<style>body{display:none}</style><base href="https://evil.example"><meta http-equiv="refresh" content="0">',
    '<FieldAnchor field="a" style="position:fixed" onmouseover="executed()">',
    '`<b>` & &lt;b&gt;',
    '| <img src=x onerror=executed()> |\n|---|\n| [x](javascript:executed()) |',
  ].join('\n\n')
  const { container } = render(<Documentation markdown={hostile} />)
  const bad =
    'script, img, svg, iframe, form, input, style, base, meta, object, embed, video, audio, [style], [src], [id]'
  expect(container.querySelectorAll(bad)).toHaveLength(0)
  for (const element of container.querySelectorAll('*')) {
    for (const name of element.getAttributeNames()) expect(name).not.toMatch(/^on/)
  }
  const links = [...container.querySelectorAll('a')]
  expect(links.map(({ href }) => href)).toEqual(['https://evil.example/', 'https://tracker.example/p.png'])
  for (const link of links) expect(link).toHaveAttribute('rel', 'noopener noreferrer')
  await waitFor(() => expect(executed).not.toHaveBeenCalled())
})
