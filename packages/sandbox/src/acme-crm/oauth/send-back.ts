// How a browser leaves: back to the client, with an answer in the shape that the client's behaviour has.
import type { Context } from 'hono'
import type { Behaviours } from '../behaviour/behaviours.js'
import type { Person } from '../options.js'
import { toAnswerUrl, type Answer } from './answer-url.js'
import type { AuthorizationRequest } from './authorization-request.js'
import type { Codes } from './codes.js'
import { issuerOf } from './issuer.js'

/** The client a request is of decides how it is behaved to. */
export interface AuthorizeEnv {
  Variables: { clientId: string | undefined }
}
export type PageContext = Context<AuthorizeEnv>

export interface SendBack {
  allowed(c: PageContext, request: AuthorizationRequest, person: Person): Response
  refused(c: PageContext, to: ReturnAddress, error: string, description: string): Response
}

type ReturnAddress = Pick<AuthorizationRequest, 'redirectUri' | 'state'>

export function createSendBack(codes: Codes, behaviours: Behaviours): SendBack {
  // It says who answers (RFC 9207).
  function leave(c: PageContext, { redirectUri }: ReturnAddress, answer: Answer): Response {
    const behaviour = behaviours.of(c.get('clientId'))
    return c.redirect(toAnswerUrl(redirectUri, { ...answer, iss: issuerOf(c) }, behaviour), 303)
  }

  return {
    allowed: (c, request, person) =>
      leave(c, request, { code: codes.issue({ ...request, personId: person.id }), state: request.state }),
    refused: (c, to, error, description) => leave(c, to, { error, error_description: description, state: to.state }),
  }
}
