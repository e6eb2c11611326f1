import * as z from 'zod'
import { growing, maybe } from './tolerant.js'

/** Cloud's body says `consentUrl`, its document `redirect_url`; both are read. */
export const Consent = z
  .looseObject({
    consentUrl: maybe(z.string()),
    redirect_url: maybe(z.string()),
    redirectUrl: maybe(z.string()),
  })
  .transform((body, context) => {
    const consentUrl = body.consentUrl ?? body.redirect_url ?? body.redirectUrl
    if (consentUrl) return { consentUrl }
    context.addIssue('no consentUrl in the answer')
    return z.NEVER
  })

/** Config API `source_oauths/complete_oauth`. */
export const CompletedOAuth = z.looseObject({
  request_succeeded: z.boolean(),
  request_error: maybe(z.string()),
  auth_payload: maybe(z.looseObject({ secretId: maybe(z.string()) })),
})

const Scope = z.looseObject({ scope: z.string() })

/** Config API `source_oauths/get_scopes`: what a declarative connector asks the provider for. */
export const OAuthScopes = z.looseObject({
  scopes: z.array(Scope),
  optionalScopes: z.array(Scope),
  scopeJoinStrategy: growing('space', 'comma', 'plus'),
})
export type OAuthScopes = z.infer<typeof OAuthScopes>
