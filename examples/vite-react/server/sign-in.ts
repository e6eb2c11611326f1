// Stands in for your own sign-in: two people of two companies, and a cookie that says which one you are.
import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'

export interface User {
  userId: string
  name: string
  tenantId: string
  company: string
  businessProfile: { industry: string; size: string; type: string }
}

const users: [User, ...User[]] = [
  {
    userId: 'ada',
    name: 'Ada Lovelace',
    tenantId: 'northwind',
    company: 'Northwind Traders',
    businessProfile: { industry: 'retail', size: '11-50', type: 'b2c' },
  },
  {
    userId: 'grace',
    name: 'Grace Hopper',
    tenantId: 'globex',
    company: 'Globex',
    businessProfile: { industry: 'saas', size: '51-200', type: 'b2b' },
  },
]

export function createSignIn() {
  const signedIn = new Map<string, User>()

  const current = (context: Context): { user: User; users: Pick<User, 'userId' | 'name' | 'company'>[] } => ({
    user: signedIn.get(getCookie(context, 'ledgerly') ?? '') ?? users[0],
    users: users.map(({ userId, name, company }) => ({ userId, name, company })),
  })

  async function switchUser(context: Context) {
    const { userId } = await context.req.json<{ userId?: unknown }>()
    const user = users.find((one) => one.userId === userId)
    if (!user) return context.json({ message: 'No such user.' }, 404)
    const id = randomUUID()
    signedIn.set(id, user)
    setCookie(context, 'ledgerly', id, { httpOnly: true, sameSite: 'Lax', path: '/' })
    return context.json({ user })
  }

  return { current, switchUser }
}
