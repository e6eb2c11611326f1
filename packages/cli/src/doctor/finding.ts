/** What one check found. */
export type Finding =
  | { check: string; status: 'ok'; what: string }
  | { check: string; status: 'warning' | 'failed'; what: string; remedy: string }

export const ok = (check: string, what: string): Finding => ({ check, status: 'ok', what })
export const warning = (check: string, what: string, remedy: string): Finding => ({
  check,
  status: 'warning',
  what,
  remedy,
})
export const failed = (check: string, what: string, remedy: string): Finding => ({
  check,
  status: 'failed',
  what,
  remedy,
})
