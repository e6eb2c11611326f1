import * as z from 'zod'
import { behaviourWords, renamedParameters, type Behaviour } from './behaviour.js'

const milliseconds = z.int().min(0).max(600_000)
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/)
const scopes = z.array(z.string().regex(/^[!#-[\]-~]+$/)).max(20)

/** Any part of a behaviour; a switch we do not know is an error, so that no test believes it had set one. */
export const behaviourSchema = z
  .strictObject({
    openerPolicy: z.enum(behaviourWords.openerPolicy),
    authorizeDelayMs: milliseconds,
    tokenDelayMs: milliseconds,
    refreshDelayMs: milliseconds,
    decision: z.enum(behaviourWords.decision),
    answerError: z.string().max(200),
    answerShape: z.enum(behaviourWords.answerShape),
    answerWithout: z.array(name),
    answerWith: z.record(name, z.string().max(4_096)),
    names: z.partialRecord(z.enum(renamedParameters), name),
    tokenBody: z.enum(behaviourWords.tokenBody),
    clientAuthentication: z.enum(behaviourWords.clientAuthentication),
    pkce: z.enum(behaviourWords.pkce),
    moreScopes: scopes,
    withheldScopes: scopes,
    accessTokenSeconds: z.int().min(0),
    expiresIn: z.enum(behaviourWords.expiresIn),
    refreshTokens: z.enum(behaviourWords.refreshTokens),
    tokenFormat: z.enum(behaviourWords.tokenFormat),
    tokenFault: z.enum(behaviourWords.tokenFault),
    tokenFaultFor: z.enum(behaviourWords.tokenFaultFor),
    tokenFaultTimes: z.int().min(0),
    tokenError: z.string().max(200),
    retryAfter: z.string().regex(/^[ -~]{0,64}$/),
  } satisfies Record<keyof Behaviour, z.ZodType>)
  .partial()
  // What was parsed out of JSON has no member that is undefined.
  .transform((given) => given as Partial<Behaviour>)
