// Texts a host may call its tenants, users and things by. What Postgres would refuse or change is refused here: half of a
// surrogate pair becomes the same character whichever it was, and two tenants would be one.
import * as z from 'zod/mini'

// eslint-disable-next-line no-control-regex -- it is about control characters
const plain = /^[^\u0000-\u001f\u007f\ud800-\udfff]*$/u

const text = (longest: number) => z.string().check(z.minLength(1), z.maxLength(longest), z.regex(plain))

/**
 * A tenant's id, as the host has it. `.` and `..` can't be part of a path.
 *
 * @example
 * TenantId.safeParse('acme & sons').success // true
 */
export const TenantId = text(200).check(z.regex(/^(?!\.{1,2}$)/))

/**
 * A user's id, as the host has it.
 *
 * @example
 * UserId.safeParse('ada@acme.example').success // true
 */
export const UserId = text(200)

/** What people call something. */
export const toName = text
