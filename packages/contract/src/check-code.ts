/**
 * Why a test of credentials failed, as far as the message of the connector says it. A code never changes its meaning.
 *
 * @example
 * const words = { wrong_password: 'Falsches Passwort', unknown_host: 'Diese Adresse gibt es nicht' }
 */
export const checkCodes = [
  'wrong_password',
  'unknown_user',
  'unknown_database',
  'unknown_host',
  'refused',
  'timeout',
  'ssl_needed',
  'ssl_not_supported',
  'certificate',
  'host_key',
  'ssh_failed',
  'ip_not_allowed',
  'no_permission',
  'missing_scope',
  'bad_key',
  'expired_key',
  'sign_in_again',
  'bad_client',
  'bad_private_key',
  'not_found_account',
  'not_found_resource',
  'bucket',
  'replication_slot',
  'publication',
  'log_settings',
  'warehouse',
  'bad_date',
  'required',
  'wrong_format',
  'bad_query',
  'rate_limited',
  'plan_needed',
  'provider_down',
] as const
export type CheckCode = (typeof checkCodes)[number]
