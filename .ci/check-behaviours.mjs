// Each of the 52 behaviours a connector's form owes its users is proved by a test whose title names its number:
// what Airbyte's own web app holds its form to, and what its users still ask for.
import { checkNumberedTests } from './numbered-tests.mjs'

checkNumberedTests('behaviour', 52)
