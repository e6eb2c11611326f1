import { expect, test } from 'vitest'
import type { BlockNode } from './documentation-node.js'
import { findSections } from './find-sections.js'

const section = (...fields: string[]): BlockNode => ({ kind: 'section', fields, children: [] })
const guide: BlockNode[] = [
  section('host', 'port'),
  { kind: 'list', ordered: true, start: 1, items: [[section('credentials')], [section('credentials.client_id')]] },
  section('replication_method[CDC]'),
  section('streams.0.format[csv],streams.1.format[csv]'.split(',')[0] ?? '', 'streams.1.format[csv]'),
  { kind: 'note', tone: 'info', children: [section('$.start_date')] },
]

test.each([
  ['one of several fields', ['port'], [['host', 'port']]],
  ['the field itself before what it is in', ['credentials', 'client_id'], [['credentials.client_id']]],
  ['what it is in, where nothing names it', ['credentials', 'secret'], [['credentials']]],
  ['a field of an option', ['replication_method', 'slot'], [['replication_method[CDC]']]],
  [
    'a field of any item',
    ['streams', '7', 'format', 'delimiter'],
    [['streams.0.format[csv]', 'streams.1.format[csv]']],
  ],
  ['in an aside', ['start_date'], [['$.start_date']]],
  ['nothing that only begins alike', ['host_name'], []],
  ['nothing at all', [], []],
])('%s', (_, path, expected) => expect(findSections(guide, path).map(({ fields }) => fields)).toEqual(expected))
