// Airbyte grows: fields, values of enums, nulls where its documents say "absent". What is built from these keeps working.
import * as z from 'zod'

/** A field that may be missing; `null` is read as missing, as some of Airbyte's servers write it so. */
export const maybe = <T extends z.ZodType>(schema: T) =>
  schema
    .nullable()
    // NonNullable would make `'a' | (string & {})` a plain string, and editors would no longer offer `'a'`.
    .transform((value) => (value ?? undefined) as Exclude<z.output<T>, null | undefined> | undefined)
    .optional()

/** One of the values known today; another one, from a newer Airbyte, is kept as it is. */
export const growing = <const T extends string>(...known: readonly T[]) => {
  void known
  return z.string() as unknown as z.ZodType<T | (string & {}), T | (string & {})>
}

/** Any JSON object. */
export const AnyObject = z.record(z.string(), z.unknown())

/** A page of the public API. `next` is never to be followed: on community installs it points at localhost. */
export const pageOf = <T extends z.ZodType>(item: T) => z.looseObject({ data: z.array(item) })
