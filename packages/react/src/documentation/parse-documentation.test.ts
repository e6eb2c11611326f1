import { describe, expect, test } from 'vitest'
import type { BlockNode, InlineNode } from './documentation-node.js'
import { parseDocumentation } from './parse-documentation.js'

const text = (words: string): InlineNode => ({ kind: 'text', text: words })
const paragraph = (...children: InlineNode[]): BlockNode => ({ kind: 'paragraph', children })

describe('parseDocumentation', () => {
  test.each<[string, string, BlockNode[]]>([
    ['headings', '## Set up', [{ kind: 'heading', depth: 2, children: [text('Set up')] }]],
    [
      'emphasis and code',
      'Use **this** or *that* `key`.',
      [
        paragraph(
          text('Use '),
          { kind: 'strong', children: [text('this')] },
          text(' or '),
          { kind: 'em', children: [text('that')] },
          text(' '),
          { kind: 'code', text: 'key' },
          text('.'),
        ),
      ],
    ],
    [
      'lists that go on counting',
      '4. a\n5. b',
      [{ kind: 'list', ordered: true, start: 4, items: [[paragraph(text('a'))], [paragraph(text('b'))]] }],
    ],
    [
      'tables',
      '| a | b |\n|---|--:|\n| 1 | 2 |',
      [
        {
          kind: 'table',
          align: [null, 'right'],
          rows: [
            [[text('a')], [text('b')]],
            [[text('1')], [text('2')]],
          ],
        },
      ],
    ],
    ['code', '```sql\nGRANT\n```', [{ kind: 'codeBlock', text: 'GRANT' }]],
    ['quotes', '> so', [{ kind: 'quote', children: [paragraph(text('so'))] }]],
    ['rules', '---\n***', [{ kind: 'rule' }, { kind: 'rule' }]],
    [
      'links',
      '[a](https://a.io) and [b][c]\n\n[c]: https://c.io',
      [
        paragraph({ kind: 'link', href: 'https://a.io/', children: [text('a')] }, text(' and '), {
          kind: 'link',
          href: 'https://c.io/',
          children: [text('b')],
        }),
      ],
    ],
    [
      'pictures, as links to them',
      '![The page](https://a.io/x.png)',
      [paragraph({ kind: 'link', href: 'https://a.io/x.png', children: [text('The page')] })],
    ],
    [
      'sections of fields',
      '<FieldAnchor field="username, password">\n#### One\n\nTwo\n</FieldAnchor>\n\nThree',
      [
        {
          kind: 'section',
          fields: ['username', 'password'],
          children: [{ kind: 'heading', depth: 4, children: [text('One')] }, paragraph(text('Two'))],
        },
        paragraph(text('Three')),
      ],
    ],
    [
      'a section that is never ended',
      'a\n\n<FieldAnchor field="b">\n\nc',
      [paragraph(text('a')), { kind: 'section', fields: ['b'], children: [paragraph(text('c'))] }],
    ],
    ['an end without a beginning', 'a\n\n</FieldAnchor>\n\nb', [paragraph(text('a')), paragraph(text('b'))]],
    [
      'asides',
      ':::caution\nCareful.\n:::',
      [{ kind: 'note', tone: 'warning', children: [paragraph(text('Careful.'))] }],
    ],
    ['HTML, as its words', '<details><summary>More</summary></details>', [paragraph(text('More'))]],
    ['a line break', 'a<br/>b', [paragraph(text('a'), { kind: 'break' }, text('b'))]],
    ['references', 'a &amp; b &copy; &#8212; &#x2192; &unknown; & c', [paragraph(text('a & b © — → &unknown; & c'))]],
    [
      'no references in code',
      '`&amp;`\n\n```\n&lt;\n```',
      [paragraph({ kind: 'code', text: '&amp;' }), { kind: 'codeBlock', text: '&lt;' }],
    ],
    [
      'references in links',
      '[a &amp; b](https://a.io/?x=1&amp;y=2) ![c &gt; d][e]\n\n[e]: https://e.io/?x&amp;y',
      [
        paragraph({ kind: 'link', href: 'https://a.io/?x=1&y=2', children: [text('a & b')] }, text(' '), {
          kind: 'link',
          href: 'https://e.io/?x&y',
          children: [text('c > d')],
        }),
      ],
    ],
    ['nothing', '', []],
  ])('%s', (_, markdown, expected) => expect(parseDocumentation(markdown)).toEqual(expected))

  test('a section in a list stays in its item', () => {
    const [list] = parseDocumentation(
      '4. Enter:\n\n   <FieldAnchor field="key">\n\n   - **Key**\n\n   </FieldAnchor>\n\n5. Go',
    )
    expect(list).toMatchObject({
      kind: 'list',
      start: 4,
      items: [[{ kind: 'paragraph' }, { kind: 'section', fields: ['key'] }], [{ kind: 'paragraph' }]],
    })
  })

  test('relative links lead to Airbyte’s pages', () => {
    const options = { documentationUrl: 'https://docs.airbyte.com/integrations/sources/postgres' }
    const hrefs = (markdown: string) => JSON.stringify(parseDocumentation(markdown, options))
    expect(hrefs('[a](./postgres/help.md#x)')).toContain(
      '"https://docs.airbyte.com/integrations/sources/postgres/help#x"',
    )
    expect(hrefs('[a](/platform/ssh)')).toContain('"https://docs.airbyte.com/platform/ssh"')
    expect(hrefs('[a](#here)')).toContain('"https://docs.airbyte.com/integrations/sources/postgres#here"')
  })
})

describe('what others wrote can’t do anything', () => {
  const hostile = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt&colon;alert(1))',
    '[x]( java\tscript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x) <a href="javascript:alert(1)">y</a>',
    '![x](javascript:alert(1))',
    '![x](http://plain.example/x.png)',
    '<javascript:alert(1)>',
    '[x](javascript&#58;alert(1)) [y](&#x6a;avascript:alert(1)) [z](java&Tab;script&colon;alert(1))',
    '[x](https://user:pass@evil.example/)',
    '[x](http://plain.example)',
    '<FieldAnchor field="a" onmouseover="alert(1)">\n\nx\n\n</FieldAnchor>',
    '<svg><script>alert(1)</script></svg>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<style>*{display:none}</style>',
    '[x][y]\n\n[y]: javascript:alert(1)',
    '| [x](javascript:alert(1)) |\n|---|\n| <b onclick=alert(1)>y</b> |',
    '<details open ontoggle=alert(1)>',
  ]
  test.each(hostile)('%s', (markdown) => {
    for (const node of allNodes(parseDocumentation(markdown))) {
      if (node.kind === 'link') expect(node.href).toMatch(/^https:\/\/(?![^/]*@)/)
      expect(Object.keys(node).filter((key) => !known.includes(key))).toEqual([])
    }
  })

  test.each([
    ['quotes in quotes', '>'.repeat(3000) + ' x'],
    ['lists in lists', Array.from({ length: 120 }, (_, n) => `${'  '.repeat(n)}- x`).join('\n')],
    ['sections in sections', '<FieldAnchor field="a">\n'.repeat(3000)],
    ['emphasis in emphasis', '*a **b '.repeat(2000)],
    ['brackets', '['.repeat(20_000)],
  ])('%s are cut, not followed', (_, markdown) => {
    const started = performance.now()
    expect(JSON.stringify(parseDocumentation(markdown)).length).toBeLessThan(1_000_000)
    expect(performance.now() - started).toBeLessThan(8000)
  })

  const known = [
    'kind',
    'text',
    'children',
    'href',
    'depth',
    'ordered',
    'start',
    'items',
    'align',
    'rows',
    'tone',
    'fields',
  ]
  type AnyNode = BlockNode | InlineNode
  function allNodes(nodes: readonly AnyNode[]): AnyNode[] {
    return nodes.flatMap((node) => {
      if (node.kind === 'list') return [node, ...node.items.flatMap(allNodes)]
      if (node.kind === 'table') return [node, ...node.rows.flat().flatMap(allNodes)]
      return 'children' in node ? [node, ...allNodes(node.children)] : [node]
    })
  }
})
