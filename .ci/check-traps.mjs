// Each of the 31 facts about Airbyte that an implementer gets wrong is proved by a test whose title names its number.
import { checkNumberedTests } from './numbered-tests.mjs'

checkNumberedTests('trap', 31)
