// Airbyte has no idempotency keys and its names are free text: the name carries which operation made the thing.

const markOf = (opId: string) => `[op:${opId.replaceAll('-', '').slice(0, 16)}]`

/** A name for Airbyte. Customers never see it; their own name is in our table. */
export const markName = (name: string, opId: string) => `${name} ${markOf(opId)}`

const markOfSignIn = (opId: string) => `[in:${opId.replaceAll('-', '').slice(0, 16)}]`

/**
 * The name of a source that is signed in again. It is written together with the new tokens, so that whoever repeats
 * the request sees in the name whether it was done: a sign-in's tokens can be had once.
 */
export const markSignIn = (name: string, signInOpId: string, opId: string) =>
  markName(`${name} ${markOfSignIn(signInOpId)}`, opId)

/** Whether the tokens of this sign-in are in. */
export const holdsSignIn = ({ name }: { name: string }, signInOpId: string): boolean =>
  name.includes(markOfSignIn(signInOpId))

/** Those of `things` that this operation made: one, or more where a gateway delivered the request twice. */
export const listMarked = <T extends { name: string }>(things: readonly T[], opId: string): T[] =>
  things.filter(({ name }) => name.endsWith(markOf(opId)))

/** The one of `things` that this operation made, if it did. */
export const findMarked = <T extends { name: string }>(things: readonly T[], opId: string): T | undefined =>
  listMarked(things, opId)[0]
