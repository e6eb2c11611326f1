import { type CheckRule, rule, where } from './rule.js'

const moreRights = 'Give this user the right to read what you want to sync.'

/** What databases and warehouses say. */
export const databaseRules: readonly CheckRule[] = [
  rule(
    'replication_slot',
    ['slot', 'replication'],
    'Create the replication slot in this database with the plugin you chose, and write its name here.',
    /replication slot/i,
  ),
  rule(
    'publication',
    ['publication', 'replication'],
    'Create the publication in this database, and write its name here.',
    /publication/i,
  ),
  rule(
    'log_settings',
    ['replication', 'database'],
    'Turn on the log that changes are read from at the server, or choose another way to update.',
    /wal_level|bin_?log|binary log|row_image|SQL Server Agent|CDC is not enabled|change (data capture|tracking|stream)|oplog|replica set|ARCHIVELOG|supplemental log/i,
  ),
  rule(
    'unknown_database',
    ['database', 'schema'],
    'Check the name of the database.',
    /database .{0,100}does not exist|unknown database|3D000|ORA-12514|ORA-12505|cannot open database|42704.{0,40}database|Database '[^']*' not found|NoSuchDatabase/i,
  ),
  rule(
    'no_permission',
    ['project', 'dataset'],
    moreRights,
    /bigquery\.\w+\.\w+|Access Denied: (Project|Dataset|Table)/,
  ),
  rule('not_found_resource', ['dataset'], 'Check the name of the dataset.', /Not found: (Dataset|Table)/),
  rule(
    'no_permission',
    ['user', 'schema'],
    moreRights,
    /to database '|permission denied (for|to)|insufficient privilege|command denied to user|not authorized on|is not allowed to do action|must be superuser|ORA-01031|ORA-00942|ORA-01045|lacks? .{0,40}privilege|REPLICATION (SLAVE|CLIENT)|denied on object|has_table_privilege|permission was denied|ACCESS_DENIED_FOR_TABLE/i,
  ),
  where(
    'password',
    rule(
      'wrong_password',
      ['password'],
      'Check the user name and the password.',
      /28P01|ORA-01017|password authentication failed|access denied for user|login failed|incorrect user ?name or password|(invalid|wrong|incorrect|bad) (user(name)?|login|e?mail)?( name)?( or | and |\/)?(pass(word|code))|authentication failed|AuthenticationFailed|exception authenticating|auth(entication)? fail|login incorrect|WRONGPASS|NOAUTH|SASL authentication|JWT token is invalid|invalid credentials|LOGIN_FAILED|username and password.{0,40}(do not|don't) match/i,
    ),
  ),
  rule(
    'unknown_user',
    ['user'],
    'Check the user name.',
    /role ".{0,100}" does not exist|unknown user|user .{0,80}(does not exist|not found)|no such user/i,
  ),
  rule(
    'warehouse',
    ['warehouse', 'role'],
    'Check the warehouse, and that this role may use it.',
    /active warehouse|warehouse .{0,100}(not exist|suspended|not authorized|resume)/i,
  ),
]
