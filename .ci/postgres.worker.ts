// The example's tests run outside of this workspace, too: they know of a server by their environment alone.
import { postgresUrl } from './test-postgres.js'

process.env.TEST_DATABASE_URL = postgresUrl()
