import { describe, expect, test } from 'vitest'
import { prepareMarkdown } from './prepare-markdown.js'

const squeeze = (text: string) => text.replaceAll(/\n{2,}/g, '\n').trim()

describe('prepareMarkdown', () => {
  test.each([
    ['front matter', '---\ntitle: x\n---\n# Guide', '# Guide'],
    ['a rule that is no front matter', 'a\n\n---\n\nb', 'a\n---\nb'],
    ['the other edition', '<!-- env:cloud -->Allow our IPs.<!-- /env:cloud -->Done', 'Done'],
    ['the own edition', '<!-- env:oss -->Open a port.<!-- /env:oss -->', 'Open a port.'],
    ['an edition over lines', 'a\n<!-- env:cloud -->\nb\n```\nc\n```\n<!-- /env:cloud -->\nd', 'a\nd'],
    ['words that are not for an interface', 'a\n<HideInUI>\nb\n</HideInUI>\nc', 'a\nc'],
    ['hiding that is never ended', 'a\n<HideInUI>\nb', 'a'],
    [
      'an anchor without a blank line',
      '<FieldAnchor field="a, b">\n#### One\n</FieldAnchor>',
      '<FieldAnchor field="a, b">\n#### One\n</FieldAnchor>',
    ],
    [
      'an anchor in a line',
      'x <FieldAnchor field="a">y</FieldAnchor>',
      'x \n<FieldAnchor field="a">\ny\n</FieldAnchor>',
    ],
    ['an anchor written as JSX', '<FieldAnchor field={`a.0[B]`}>', '<FieldAnchor field="a.0[B]">'],
    ['an anchor with more in it', '<FieldAnchor onclick="x" field="a<b">', '<FieldAnchor onclick="x" field="a<b">'],
    ['an aside', ':::tip Read this\nSoon.\n:::', '<Aside kind="tip">\n**Read this**\nSoon.\n</Aside>'],
    ['an aside with its title in brackets', ':::note[So]\n:::', '<Aside kind="note">\n**So**\n</Aside>'],
    ['module lines', "import A from '@site/a'\n\nWords", 'Words'],
    [
      'code, whatever is in it',
      '```\n:::note\n<FieldAnchor field="a">\n```',
      '```\n:::note\n<FieldAnchor field="a">\n```',
    ],
  ])('%s', (_, markdown, expected) => expect(squeeze(prepareMarkdown(markdown, 'oss'))).toBe(expected))

  test('each edition reads its own', () => {
    const both = '<!-- env:oss -->ours<!-- /env:oss --><!-- env:cloud -->theirs<!-- /env:cloud -->'
    expect(prepareMarkdown(both, 'oss').trim()).toBe('ours')
    expect(prepareMarkdown(both, 'cloud').trim()).toBe('theirs')
  })

  test('an indented anchor stays in its list item', () =>
    expect(prepareMarkdown('1. a\n\n   <FieldAnchor field="b">', 'oss')).toContain('\n   <FieldAnchor field="b">\n'))

  test.each([
    '<FieldAnchor ',
    '<HideInUI>',
    '<!-- env:a -->',
    ':::',
    '`'.repeat(3) + '\n',
    '---\n',
    '<FieldAnchor field="a">',
  ])('a page full of %j is read in time', (piece) => {
    const started = performance.now()
    prepareMarkdown(piece.repeat(30_000), 'oss')
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
