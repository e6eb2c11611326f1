import { expect, test } from 'vitest'
import { firstLadder, type Ladder, type Outcome, toNext, toWay } from './follow-ladder.js'

const read: Outcome = { name: 'read', isChanged: true, tookMs: 20 }
const hung: Outcome = { name: 'read', isChanged: false, tookMs: 25_000 }
const hurried: Outcome = { name: 'read', isChanged: false, tookMs: 20 }
const broken: Outcome = { name: 'broken' }
const cut: Outcome = { name: 'ended', livedMs: 300 }
const ended: Outcome = { name: 'ended', livedMs: 60_000 }
const refused: Outcome = { name: 'refused' }
const missing: Outcome = { name: 'missing' }
const woken: Outcome = { name: 'woken' }

/** Ways taken and pauses made between them, for what comes of each. */
function climb(outcomes: Outcome[], from: Ladder = firstLadder) {
  let ladder = from
  const told: (string | number)[] = []
  for (const outcome of outcomes) {
    const way = toWay(ladder)
    const next = toNext(ladder, way, outcome)
    ladder = next.ladder
    told.push(way, next.pauseMs)
  }
  return [...told, toWay(ladder)]
}
const onLongPoll: Ladder = { ...firstLadder, rung: 'longPoll', asksFirst: false }
const onPoll: Ladder = { ...firstLadder, rung: 'poll', asksFirst: false }

test.each<[situation: string, outcomes: Outcome[], from: Ladder, told: (string | number)[]]>([
  ['asks at once, then listens', [read], firstLadder, ['ask', 0, 'events']],
  [
    'a proxy in between keeps events back',
    [read, { name: 'silent' }],
    firstLadder,
    ['ask', 0, 'events', 0, 'longPoll'],
  ],
  [
    'no route, no type, too many streams',
    [read, { name: 'unsupported' }],
    firstLadder,
    ['ask', 0, 'events', 0, 'longPoll'],
  ],
  [
    'a stream that ends in time is opened again',
    [read, ended, read],
    firstLadder,
    ['ask', 0, 'events', 500, 'ask', 0, 'events'],
  ],
  [
    'a stream that is cut twice is left',
    [read, cut, read, cut, read],
    firstLadder,
    ['ask', 0, 'events', 500, 'ask', 0, 'events', 500, 'ask', 0, 'longPoll'],
  ],
  [
    'events that break twice are left',
    [read, broken, read, broken, read],
    firstLadder,
    ['ask', 0, 'events', 500, 'ask', 0, 'events', 500, 'ask', 0, 'longPoll'],
  ],
  ['long polls follow each other', [hung, read], onLongPoll, ['longPoll', 0, 'longPoll', 0, 'longPoll']],
  [
    'a proxy that does not wait is asked slowly',
    [hurried, hurried],
    onLongPoll,
    ['longPoll', 1000, 'longPoll', 1000, 'poll'],
  ],
  [
    'long polls that are cut twice are left',
    [broken, read, broken, read],
    onLongPoll,
    ['longPoll', 500, 'ask', 0, 'longPoll', 500, 'ask', 1000, 'poll'],
  ],
  [
    'polls after 1, 2 and every 5 seconds',
    [hurried, hurried, hurried, hurried],
    onPoll,
    ['poll', 1000, 'poll', 2000, 'poll', 5000, 'poll', 5000, 'poll'],
  ],
  ['nothing is below polls', [broken, broken, broken], onPoll, ['poll', 500, 'ask', 1000, 'ask', 2000, 'ask']],
  [
    'a broken network is waited out longer and longer',
    [broken, broken, broken, broken, broken],
    firstLadder,
    ['ask', 500, 'ask', 1000, 'ask', 2000, 'ask', 5000, 'ask', 5000, 'ask'],
  ],
  [
    'a network that is back is forgiven',
    [broken, broken, read, broken],
    onPoll,
    ['poll', 500, 'ask', 1000, 'ask', 1000, 'poll', 500, 'ask'],
  ],
  ['a lost session is asked for again', [refused, refused], firstLadder, ['ask', 5000, 'ask', 5000, 'ask']],
  ['a lost session leaves no rung', [read, refused, read], firstLadder, ['ask', 0, 'events', 5000, 'ask', 0, 'events']],
  ['a flow nobody knows yet', [missing, missing, read], firstLadder, ['ask', 500, 'ask', 500, 'ask', 0, 'events']],
  [
    'woken: asks at once, and listens on',
    [read, woken, read],
    firstLadder,
    ['ask', 0, 'events', 0, 'ask', 0, 'events'],
  ],
  [
    'woken while it waited out a broken network',
    [broken, broken, woken, broken],
    firstLadder,
    ['ask', 500, 'ask', 1000, 'ask', 0, 'ask', 500, 'ask'],
  ],
])('%s', (_, outcomes, from, told) => {
  expect(climb(outcomes, from)).toEqual(told)
})
