// English of the small parts that every area uses.
export const commonEn = {
  close: 'Close',
  clear: 'Clear',
  loading: 'Loading…',
}

export type CommonMessages = typeof commonEn
