/** How to make a user that may read and nothing else. */
export const postgresGuide = `
Make a user who may only read, once for each schema that is to be read:

\`\`\`sql
CREATE USER reader PASSWORD 'a long one';
GRANT USAGE ON SCHEMA public TO reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO reader;
\`\`\`

The last line is for tables that are made later, by whoever runs it. Then let this server's address through the
database's firewall, and through its \`pg_hba.conf\` where it has one of its own.
`
