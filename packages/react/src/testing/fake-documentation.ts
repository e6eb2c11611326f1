// A setup guide in the manner of Airbyte's: written for this file, with every kind of block one may hold.
import type { ConnectorDocumentation } from '@opsai/contract'

interface Documented {
  name: string
  category: string
  documentationUrl?: string | undefined
}

/** What each connector's guide says of the fields its fake spec has. */
export function toFakeDocumentation({ name, category, documentationUrl }: Documented): ConnectorDocumentation {
  const fields = category === 'Databases' ? database : key(name)
  const markdown = `---
title: ${name}
---

# ${name}

This guide shows how to connect **${name}**, what it needs and what it brings.

## Before you start

- An account at ${name} with the right to read
- Five minutes

<HideInUI>

## Only on the site

This is not shown beside a form.

</HideInUI>

## Set it up

${fields}

<!-- env:cloud -->

Let our addresses in.

<!-- /env:cloud -->
<!-- env:oss -->

:::tip Network
If ${name} is behind a firewall, let the machine that syncs in.
:::

<!-- /env:oss -->

## What it brings

| Stream | Updated |
|---|---|
| customers | each sync |
| invoices | each sync |

See [limits](./limits.md) and [how syncs work](/platform/using-airbyte/core-concepts).
`
  return { markdown, ...(documentationUrl && { documentationUrl }) }
}

const key = (name: string) => `<FieldAnchor field="api_key">

### Make a key

1. Sign in to ${name} and open **Settings → Developers**.
2. Choose *Create key*, with the right to read.
3. Copy it; it begins with \`key_\` and is shown once.

</FieldAnchor>

<FieldAnchor field="credentials">

### Sign in

Use an account that may see what you want to sync.

</FieldAnchor>

<FieldAnchor field="start_date">

### Start date

Rows before this day are left out. Without one, everything is read.

</FieldAnchor>`

const database = `<FieldAnchor field="host,port">

### Address

Use the name or address that the database can be reached by from outside.

</FieldAnchor>

<FieldAnchor field="username,password">

### A user who may only read

\`\`\`sql
CREATE USER reader PASSWORD '…';
GRANT USAGE ON SCHEMA public TO reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
\`\`\`

</FieldAnchor>

<FieldAnchor field="schemas">

### Schemas

> Only the tables of these schemas are offered.

</FieldAnchor>`
