// English of the connector form. Short, in the user's terms; whoever wants other words passes others.

/** A rule a value breaks, with the field's title. */
export interface Titled {
  title: string
}
export interface Limited extends Titled {
  limit: number
  /** The limit itself is not allowed either. */
  exclusive?: boolean
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
  draftNote: 'What you had typed is here again, except for secrets: they are never kept. Type them once more.',
  optional: 'Optional',
  optionalSettings: 'Optional settings',
  showMore: 'Show more',
  showLess: 'Show less',
  choose: 'Choose…',
  notSet: 'Not set',
  emptyValue: '(empty)',
  listHint: 'Press Enter after each value.',
  listRemove: ({ value }: { value: string }): string => `Remove ${value}`,
  listCount: ({ count: chosen }: { count: number }): string => `${chosen} chosen`,
  filterOptions: ({ title }: Titled): string => `Filter ${title}`,
  noOptions: 'Nothing matches.',
  listDuplicate: ({ value }: { value: string }): string => `${value} is already there.`,
  clearLabel: ({ title }: Titled): string => `Clear ${title}`,
  readOnlyHint: "Can't be changed here.",
  exampleHint: ({ examples }: { examples: string }): string => `For example: ${examples}`,
  rangeHint: ({ minimum, maximum }: { minimum?: number; maximum?: number }): string => {
    if (minimum === undefined) return `${maximum} or less`
    return maximum === undefined ? `${minimum} or more` : `${minimum} to ${maximum}`
  },
  moreOptions: ({ count: left }: { count: number }): string => `${left} more. Type to narrow them down.`,
  chooseShown: 'Choose all shown',
  chooseNone: 'Choose none',
  dateInZone: ({ time, zone }: { time: string; zone: string }): string => `UTC = ${time} your time, ${zone}`,
  dateType: 'As text',
  dateTypeLabel: ({ title }: Titled): string => `Type ${title} as text`,
  datePick: 'Pick',
  datePickLabel: ({ title }: Titled): string => `Pick ${title}`,
  fileChoose: 'Choose a file',
  fileChooseLabel: ({ title }: Titled): string => `Choose a file for ${title}`,
  fileRead: ({ name }: { name: string }): string => `Read from ${name}.`,
  fileBinary: ({ name }: { name: string }): string => `${name} holds no text. Choose a text file.`,
  fileBig: ({ name }: { name: string }): string => `${name} is larger than 1 MiB.`,
  jsonWrong: ({ line, column }: { line: number; column: number }): string =>
    `No valid JSON: look at line ${line}, column ${column}.`,
  itemAdd: 'Add',
  itemAddLabel: ({ title }: Titled): string => `Add to ${title}`,
  itemRemoveLabel: ({ item }: { item: string }): string => `Remove ${item}`,
  itemUpLabel: ({ item }: { item: string }): string => `Move ${item} up`,
  itemDownLabel: ({ item }: { item: string }): string => `Move ${item} down`,
  itemAdded: ({ item }: { item: string }): string => `${item} added.`,
  itemRemoved: ({ item }: { item: string }): string => `${item} removed.`,
  itemMoved: ({ item, place, of }: { item: string; place: number; of: number }): string =>
    `${item} is now ${place} of ${of}.`,
  itemsFull: ({ limit }: { limit: number }): string => `${limit} at most.`,
  mapName: 'Name',
  mapNameTaken: ({ name }: { name: string }): string => `${name} is there already. Choose another name.`,
  mapNameBlank: 'Give it a name.',
  jsonHint: 'Written as JSON.',
  dateHint: 'UTC',
  formatHint: ({ rule }: { rule: string }): string => `Format: ${rule}`,
  secretStored: 'Stored',
  secretReplace: 'Replace',
  secretKeep: 'Keep stored',
  secretReplaceLabel: ({ title }: Titled): string => `Replace ${title}`,
  secretShow: 'Show',
  secretHide: 'Hide',
  secretShowLabel: ({ title }: Titled): string => `Show ${title}`,
  secretHideLabel: ({ title }: Titled): string => `Hide ${title}`,
  secretKeepLabel: ({ title }: Titled): string => `Keep stored ${title}`,
  signInMissing: 'Sign in first.',
  signInManually: 'Enter credentials myself',
  signInInstead: 'Sign in instead',
  errorTitle: ({ count: errors }: { count: number }): string =>
    errors === 1 ? 'One field needs your attention' : `${errors} fields need your attention`,
  errorAt: ({ place, message }: { place: string; message: string }): string => `${place}: ${message}`,
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
    minimum: ({ title, limit, exclusive }: Limited): string =>
      exclusive ? `${title} must be more than ${limit}.` : `${title} must be ${limit} or more.`,
    maximum: ({ title, limit, exclusive }: Limited): string =>
      exclusive ? `${title} must be less than ${limit}.` : `${title} must be ${limit} or less.`,
    multipleOf: ({ title, limit }: Limited): string => `${title} must be a multiple of ${limit}.`,
    minLength: ({ title, limit }: Limited): string =>
      `${title} must have at least ${count(limit, 'character', 'characters')}.`,
    maxLength: ({ title, limit }: Limited): string =>
      `${title} must have at most ${count(limit, 'character', 'characters')}.`,
    minItems: ({ title, limit }: Limited): string => `${title} needs at least ${count(limit, 'value', 'values')}.`,
    maxItems: ({ title, limit }: Limited): string => `${title} takes at most ${count(limit, 'value', 'values')}.`,
    uniqueItems: ({ title }: Titled): string => `${title} has the same value twice.`,
    additionalProperties: ({ title }: Titled): string => `${title} is no setting of this connector.`,
    noMoment: ({ title }: Titled): string => `${title} names a day or a time that doesn't exist.`,
    nameless: ({ title }: Titled): string => `Every value of ${title} needs a name.`,
  },
}

/** Every text of the form, to be overridden one by one. */
export type FormMessages = typeof formEn
