import { expect, it } from 'vitest'
import { pickRunUser } from './run-user.js'

const debian = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin\n'

it.each([
  ['nobody', debian, { uid: 65534, gid: 65533 }],
  ['an account made for it', `${debian}opsai-postgres:x:990:991::/:/sbin/nologin\n`, { uid: 990, gid: 991 }],
  ['never the account of the system’s own PostgreSQL', 'postgres:x:101:104::/var/lib/postgresql:/bin/sh\n', undefined],
  ['never root under another name', 'nobody:x:0:0::/:/bin/sh\n', undefined],
  ['no one where there is no such file', '', undefined],
])('runs as %s', (_, passwd, expected) => {
  expect(pickRunUser(passwd)).toEqual(expected)
})
