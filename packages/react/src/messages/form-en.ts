// English of the connector form. Short, in the user's terms; whoever wants other words passes others.

/** A rule a value breaks, with the field's title. */
export interface Titled {
  title: string
}
export interface Limited extends Titled {
  limit: number
}

const typeNames: Record<string, string> = {
  integer: 'a whole number',
  number: 'a number',
  array: 'a list written as JSON',
  object: 'an object written as JSON',
  boolean: 'yes or no',
  string: 'text',
}

const count = (limit: number, one: string, many: string): string => `${limit} ${limit === 1 ? one : many}`

export const formEn = {
  name: 'Name',
  nameHint: 'How this connection is listed in your account.',
  nameRequired: 'Give this connection a name.',
  submit: 'Connect',
  busy: 'Testing…',
  optional: 'Optional',
  optionalSettings: 'Optional settings',
  showMore: 'Show more',
  showLess: 'Show less',
  choose: 'Choose…',
  notSet: 'Not set',
  listHint: 'Press Enter after each value.',
  listRemove: ({ value }: { value: string }): string => `Remove ${value}`,
  listCount: ({ count: chosen }: { count: number }): string => `${chosen} chosen`,
  filterOptions: ({ title }: Titled): string => `Filter ${title}`,
  noOptions: 'Nothing matches.',
  jsonHint: 'Written as JSON.',
  dateHint: 'UTC',
  formatHint: ({ rule }: { rule: string }): string => `Format: ${rule}`,
  secretStored: 'Stored',
  secretReplace: 'Replace',
  secretKeep: 'Keep stored value',
  secretReplaceLabel: ({ title }: Titled): string => `Replace ${title}`,
  secretKeepLabel: ({ title }: Titled): string => `Keep stored ${title}`,
  signInMissing: 'Sign in first.',
  signInManually: 'Enter credentials myself',
  signInInstead: 'Sign in instead',
  errorTitle: ({ count: errors }: { count: number }): string =>
    errors === 1 ? 'One field needs your attention' : `${errors} fields need your attention`,
  validation: {
    required: ({ title }: Titled): string => `${title} is required.`,
    type: ({ title, type }: Titled & { type: string }): string =>
      `${title} must be ${typeNames[type] ?? `of type ${type}`}.`,
    enum: ({ title }: Titled): string => `Choose one of the values offered for ${title}.`,
    pattern: ({ title, rule, example }: Titled & { rule?: string; example?: string }): string => {
      if (rule !== undefined) return `${title} must have the form ${rule}.`
      return example === undefined
        ? `${title} doesn't have the expected form.`
        : `${title} doesn't have the expected form, for example ${example}.`
    },
    minimum: ({ title, limit }: Limited): string => `${title} must be ${limit} or more.`,
    maximum: ({ title, limit }: Limited): string => `${title} must be ${limit} or less.`,
    minLength: ({ title, limit }: Limited): string =>
      `${title} must have at least ${count(limit, 'character', 'characters')}.`,
    maxLength: ({ title, limit }: Limited): string =>
      `${title} must have at most ${count(limit, 'character', 'characters')}.`,
    minItems: ({ title, limit }: Limited): string => `${title} needs at least ${count(limit, 'value', 'values')}.`,
    maxItems: ({ title, limit }: Limited): string => `${title} takes at most ${count(limit, 'value', 'values')}.`,
    uniqueItems: ({ title }: Titled): string => `${title} has the same value twice.`,
  },
}

/** Every text of the form, to be overridden one by one. */
export type FormMessages = typeof formEn
