// In front of every page: who may see it, and what a browser may do with it.
import { type NextRequest, NextResponse } from 'next/server'
import { decideAccess } from './lib/access'
import { hasPage, pathHeader } from './lib/path'
import { toPolicy } from './lib/policy'

export function proxy(request: NextRequest): NextResponse {
  const access = decideAccess({
    host: request.headers.get('host'),
    authorization: request.headers.get('authorization'),
    password: process.env.APP_PASSWORD || undefined,
  })
  if (access === 'askPassword')
    return new NextResponse('A password is needed. The user name does not matter.', {
      status: 401,
      headers: { 'www-authenticate': 'Basic realm="Data", charset="UTF-8"', 'cache-control': 'no-store' },
    })
  if (access === 'notPublic')
    return new NextResponse(
      'Without APP_PASSWORD this app answers on localhost only. Set it, and start the app again.',
      {
        status: 403,
        headers: { 'cache-control': 'no-store' },
      },
    )
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(18))))
  const policy = toPolicy(nonce, process.env.NODE_ENV === 'development')
  // Next reads the nonce of its own scripts from the request.
  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  headers.set(pathHeader, request.nextUrl.pathname)
  // Only an address without a page is answered 404.
  const isThere = hasPage(request.nextUrl.pathname)
  const response = isThere
    ? NextResponse.next({ request: { headers } })
    : NextResponse.rewrite(new URL('/not-there', request.url), { request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('cache-control', 'private, no-store')
  return response
}

export const config = { matcher: ['/((?!_next/static|health|icon.svg).*)'] }
