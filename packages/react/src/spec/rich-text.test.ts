import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRichText, type RichNode, toPlainText } from './rich-text.js'

const text = (value: string): RichNode => ({ kind: 'text', text: value })
const link = (value: string, href: string): RichNode => ({ kind: 'link', text: value, href })

describe('parseRichText', () => {
  const table: [what: string, source: string, nodes: RichNode[]][] = [
    ['plain words', 'Your key.', [text('Your key.')]],
    ['a link', 'See <a href="https://a.io/x">docs</a>.', [text('See '), link('docs', 'https://a.io/x'), text('.')]],
    ['a link with other attributes', "<a target='_blank' href='https://a.io/'>d</a>", [link('d', 'https://a.io/')]],
    ['a Markdown link', 'See [docs](https://a.io/).', [text('See '), link('docs', 'https://a.io/'), text('.')]],
    ['code by tag', 'Use <code>a=b</code>', [text('Use '), { kind: 'code', text: 'a=b' }]],
    ['code by backticks', 'Use `a<b`', [text('Use '), { kind: 'code', text: 'a<b' }]],
    [
      'bold and italics',
      '<b>a</b><i>b</i>',
      [
        { kind: 'strong', text: 'a' },
        { kind: 'em', text: 'b' },
      ],
    ],
    ['bold by stars', 'a **b c**', [text('a '), { kind: 'strong', text: 'b c' }]],
    ['patterns of files as they are', 'Use **/a or **/*.csv', [text('Use **/a or **/*.csv')]],
    ['line breaks, once', 'a<br/><br>b', [text('a'), { kind: 'break' }, text('b')]],
    ['a list', '<ul><li>a</li><li>b</li></ul>', [text('a'), { kind: 'break' }, text('b')]],
    ['entities', 'a &amp; b &#60; c &copy;', [text('a & b < c &copy;')]],
    ['a lone angle bracket', 'a < b > c', [text('a < b > c')]],
    ['an unknown tag: its words stay', '<blink>hi</blink>', [text('hi')]],
  ]
  it.each(table)('reads %s', (_, source, nodes) => expect(parseRichText(source)).toEqual(nodes))

  const attacks: [what: string, source: string][] = [
    ['a script', '<script>alert(1)</script>'],
    ['a script without an end', '<script>alert(1)'],
    ['a comment that hides one', '<!-- <script>alert(1)</script> -->'],
    ['a style', '<style>*{display:none}</style>'],
    ['an image handler', '<img src=x onerror=alert(1)>'],
    ['an svg handler', '<svg onload=alert(1)></svg>'],
    ['a script link', '<a href="javascript:alert(1)">x</a>'],
    ['a script link in disguise', '<a href="java&#115;cript:alert(1)">x</a>'],
    ['a data link', '<a href="data:text/html,<script>alert(1)</script>">x</a>'],
    ['an http link', '<a href="http://a.io">x</a>'],
    ['a link that shows another host', '<a href="https://bank.example@evil.example/">x</a>'],
    ['a Markdown script link', '[x](javascript:alert)'],
    ['a handler on a link', '<a href="/x" onclick="alert(1)">x</a>'],
  ]
  it.each(attacks)('makes words or nothing of %s', (_, source) => {
    for (const node of parseRichText(source)) expect(node.kind).toBe('text')
    expect(toPlainText(source)).not.toMatch(/alert\(1\)<|display:none/)
  })

  it('never throws, and never links to anything but https, whatever it reads', () => {
    const piece = fc.constantFrom(
      '<a href="',
      '">',
      '</a>',
      '<b',
      '>',
      '&#',
      ';',
      '](',
      '[x',
      'javascript:',
      'https://a.io',
      '`',
      '<!--',
      '<script',
      ' ',
    )
    const source = fc.array(fc.oneof(piece, fc.string())).map((parts) => parts.join(''))
    fc.assert(
      fc.property(source, (html) => {
        for (const node of parseRichText(html)) {
          if (node.kind === 'link') expect(new URL(node.href).protocol).toBe('https:')
        }
      }),
    )
  })

  it('stays quick on long hostile text', () => {
    const started = performance.now()
    parseRichText('<a '.repeat(20_000) + '<!--'.repeat(20_000) + '[x]('.repeat(20_000))
    expect(performance.now() - started).toBeLessThan(1000)
  })
})
