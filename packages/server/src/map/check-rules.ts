// What connectors say when a test fails, and what it means. Real messages of databases, drivers and APIs, the telling ones
// before the vague ones: the first rule that fits counts.
import { apiRules } from './check-rules/api-rules.js'
import { databaseRules } from './check-rules/database-rules.js'
import { engineRules } from './check-rules/engine-rules.js'
import { fileRules } from './check-rules/file-rules.js'
import { inputRules } from './check-rules/input-rules.js'
import { networkRules } from './check-rules/network-rules.js'
import type { CheckRule } from './check-rules/rule.js'
import { sshRules } from './check-rules/ssh-rules.js'
import { vagueRules } from './check-rules/vague-rules.js'

/** In the order they are tried. */
export const checkRules: readonly CheckRule[] = [
  ...engineRules,
  ...sshRules,
  ...networkRules,
  ...databaseRules,
  ...fileRules,
  ...apiRules,
  ...inputRules,
  ...vagueRules,
]
