// Rows a second from one PostgreSQL to another through the engine, as a ratio to the fastest way Postgres itself has:
// COPY … TO STDOUT | COPY … FROM STDIN, on the same data, in the same run, taking turns.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createPostgresConnector, discoverStreams, runSync } from '@opsai/engine'
import { startPostgres } from '@opsai/local-postgres'
import { fillCustomerDatabase } from '@opsai/sandbox'
import pg from 'pg'
import copy from 'pg-copy-streams'

const rows = Number(process.env.ROWS ?? 200_000)
const rounds = Number(process.env.ROUNDS ?? 3)
