import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { render } from '../test/render.js'
import { Documentation } from './documentation.js'

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
