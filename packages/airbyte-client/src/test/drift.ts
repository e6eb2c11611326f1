// How far a type of ours is from the document's, as a type: `never`, or a sentence with the path of what differs.

export type { input as Input, output as Output } from 'zod'

type IsAny<T> = 0 extends 1 & T ? true : false
type Bare<T> = NonNullable<T>
/** The keys a type names, without the index that lets everything else through. */
type Named<T> = keyof { [K in keyof T as string extends K ? never : number extends K ? never : K]: T[K] } & string
/** The values a string names, without the openness to others. */
type Literals<T> = T extends string ? (string extends T ? never : T) : never
/** `unknown`, `any` and objects of anything: the document says no more. */
type Says<T> = IsAny<T> extends true ? false : unknown extends T ? false : T extends object ? HasNames<T> : true
type HasNames<T> = [Named<T>] extends [never] ? false : true

/**
 * `never` where every field we name is the document's, everything we require it requires, and enums hold the same values.
 * Else a sentence for each difference.
 */
export type Drift<Ours, Theirs, At extends string = ''> =
  IsAny<Theirs> extends true
    ? never
    : Bare<Theirs> extends readonly (infer Their)[]
      ? Bare<Ours> extends readonly (infer Our)[]
        ? Drift<Our, Their, `${At}[]`>
        : `${At} is a list in the document`
      : [Literals<Bare<Theirs>>] extends [never]
        ? Bare<Theirs> extends object
          ? Says<Bare<Theirs>> extends true
            ? OfObject<Bare<Ours>, Bare<Theirs>, At>
            : never
          : never
        : OfEnum<Literals<Bare<Ours>>, Literals<Bare<Theirs>>, At>

type OfEnum<Ours, Theirs, At extends string> = [Ours] extends [never]
  ? never
  : | (Exclude<Ours, Theirs> extends infer Extra extends string ? `${At} is never "${Extra}" in the document` : never)
    | (Exclude<Theirs, Ours> extends infer New extends string ? `${At} may be "${New}" in the document` : never)

type OfObject<Ours, Theirs, At extends string> = Ours extends object
  ? {
      [K in Named<Ours>]: K extends keyof AllOf<Theirs>
        ? Drift<Ours[K & keyof Ours], AllOf<Theirs>[K], `${At}.${K}`>
        : `${At}.${K} is not in the document`
    }[Named<Ours>]
  : `${At} is an object in the document`

/** Of a choice of objects, every field that one of them has. */
type AllOf<T> = { [K in T extends unknown ? keyof T : never]: T extends Partial<Record<K, infer V>> ? V : never }

/** What we write without what only reading lets through: no index, no open enums. */
export type Known<T> = T extends readonly (infer Item)[]
  ? Closed<Item>[]
  : T extends object
    ? [Named<T>] extends [never]
      ? T
      : { [K in keyof T as string extends K ? never : K]: Closed<T[K]> }
    : T
type Closed<T> = [Literals<T>] extends [never] ? Known<T> : Literals<T> | Extract<T, undefined | null>

/** Fields we send that the document does not name. */
export type Unnamed<Ours, Theirs, At extends string = ''> = Theirs extends readonly (infer Their)[]
  ? Ours extends readonly (infer Our)[]
    ? Unnamed<Our, Their, `${At}[]`>
    : never
  : Says<Theirs> extends true
    ? Ours extends object
      ? {
          [K in Named<Ours>]: K extends keyof Theirs
            ? Unnamed<Bare<Ours[K & keyof Ours]>, Bare<Theirs[K]>, `${At}.${K}`>
            : `${At}.${K} is not in the document`
        }[Named<Ours>]
      : never
    : never
