// What a tenant's user of Redis may do, as its ACL says it (https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/).
import { createHash } from 'node:crypto'

/** What every key and channel of a tenant begins with. */
export const toNamespace = (slug: string) => `${slug}:`

/** Everything that works on keys one has to name. */
const data = ['string', 'hash', 'list', 'set', 'sortedset', 'bitmap', 'hyperloglog', 'geo', 'stream', 'transaction']

/** Of the keyspace, what names its keys and stays in its database: no SCAN, KEYS, RANDOMKEY, DBSIZE, and no COPY or MOVE. */
const keyspace =
  'del unlink exists expire pexpire expireat pexpireat expiretime pexpiretime ttl pttl persist type touch rename renamenx'

/** No PUBSUB CHANNELS, which tells of everybody's. */
const pubsub = 'publish subscribe unsubscribe psubscribe punsubscribe spublish ssubscribe sunsubscribe'

/** No SELECT: what is taken away again is one database. No CLIENT TRACKING: it would tell of everybody's keys. */
const connection =
  'auth hello ping echo quit reset command client|id client|getname client|setname client|info client|reply'

const allow = (words: string) => words.split(' ').map((word) => `+${word}`)

/** The password as Redis keeps it: commands are seen by MONITOR and the slow log, passwords must not be. */
export const toPasswordRule = (password: string) => `#${createHash('sha256').update(password).digest('hex')}`

/** Rules in the order Redis applies them: nothing, then what is allowed, then what is dangerous among that taken away. */
export const toAclRules = (slug: string, password: string): string[] => [
  'reset',
  'on',
  toPasswordRule(password),
  `~${toNamespace(slug)}*`,
  `&${toNamespace(slug)}*`,
  '-@all',
  ...data.map((category) => `+@${category}`),
  ...[keyspace, pubsub, connection].flatMap(allow),
  '-@dangerous',
  '-@admin',
  '-@scripting',
]
