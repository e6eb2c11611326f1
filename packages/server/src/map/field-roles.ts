// By what names 600 connectors call the fields that failures are about: the likeliest first. Data.
import type { SpecField } from './spec-fields.js'

export interface FieldRole {
  /** The last part of a field's path, in snake_case; an earlier name wins over a later one. */
  keys: readonly RegExp[]
  /** Where no key fits: the field's title. */
  title?: RegExp
  /** Narrows the keys down. */
  only?: (field: SpecField) => boolean
}

const isSecret = ({ schema }: SpecField) => 'airbyte_secret' in schema
const isChoice = ({ kind }: SpecField) => kind === 'choice' || kind === 'group'

export const fieldRoles = {
  password: { keys: [/^(db_)?pass(word|wd)?$/, /^(?!tunnel_|client_key_|trust).*password$/, /^pass_?phrase$/] },
  user: { keys: [/^user(_?name)?$/, /^(login|email)$/, /^(?!tunnel_).*user(_?name)?$/, /email$/], title: /^user/i },
  host: {
    keys: [
      /^host(_?name)?$/,
      /^server(_?(address|name|host|url))?$/,
      /^(base|server|api|instance|host|site|account)_?ur[il]$/,
      /^(sub_?)?domain(_?name|_url)?$/,
      /^(api_)?endpoint$/,
      /^(address|connection_string|bootstrap_servers|url)$/,
      /^(shop|store|site|instance)(_?name)?$/,
      /^(?!tunnel_).*(host|server|domain|ur[il])$/,
    ],
    title: /\b(host|server|domain|url|endpoint)\b/i,
  },
  port: { keys: [/^port$/, /^(?!tunnel_).*port$/] },
  database: { keys: [/^(database|db)(_?name)?s?$/, /^connection_data$/, /database$/, /^(sid|service_name)$/] },
  schema: { keys: [/^schemas?$/, /schema/] },
  ssl: { keys: [/^ssl_(mode|method)$/, /^(use_)?(ssl|tls|encryption)(_enabled)?$/, /ssl|tls/] },
  certificate: { keys: [/ca_cert/, /^certificate$/, /cert/] },
  tunnel: { keys: [/^tunnel_host$/, /^(tunnel_method|ssh_tunnel|tunnel)$/] },
  tunnelKey: { keys: [/^(tunnel_)?ssh_key$/] },
  tunnelPassword: { keys: [/^tunnel_(user_)?password$/] },
  privateKey: { keys: [/^(rsa_|ssh_)?private_?key$/, /private_?key/, /ssh_key/], title: /private key/i },
  serviceAccount: { keys: [/^(service_account(_?(info|json|key))?|credentials_json)$/, /service_?account/, /_json$/] },
  key: {
    keys: [
      /^(api|secret|personal)?_?(access_)?(key|token)$/,
      /^(api|access|auth|bearer|secret|developer|personal|private|integration|bot|client)_.*(key|token)s?$/,
      /(token|key)s?$/,
      /secret/,
      /./,
    ],
    only: isSecret,
  },
  accessKeyId: { keys: [/access_?key_?id/, /access_?key$/] },
  secretKey: { keys: [/secret_?(access_)?key/, /secret/] },
  signIn: {
    keys: [/^credentials?$/, /^auth(entication|orization)?(_?(method|type|mechanism))?$/, /auth|credential/],
    only: isChoice,
  },
  clientSecret: { keys: [/client_?secret/, /app_?secret/] },
  clientId: { keys: [/client_?id/, /app_?id/] },
  account: {
    keys: [
      /^(ad_?)?(account|customer)_?(id|name|number|locator)?s?$/,
      /^property_?ids?$/,
      /^(tenant|workspace|organi[sz]ation|org|company|team|profile|page|business|site|shop|store|project|subscription)_?(id|name)?s?$/,
      /^(sub_?domain|domain(_name)?|host|instance(_url)?|base_url)$/,
      /account|customer|organi[sz]ation/,
    ],
    title: /\b(account|customer|property|organi[sz]ation|workspace)\b/i,
  },
  manager: { keys: [/^login_customer_id$/, /^manager/] },
  resource: {
    keys: [
      /^(spreadsheet|sheet)(_?(id|url|link))?$/,
      /^(repositor|project|board|base|list|channel|report|form|survey|folder|dataset|table|stream|group)\w*$/,
      /^(folder_url|path|url|globs?|path_prefix)$/,
      /^(sub_?domain|domain(_name)?|base_url|host)$/,
      /_ids?$/,
    ],
  },
  project: { keys: [/^project(_?id)?$/, /project/] },
  dataset: { keys: [/^dataset(_?id)?$/, /dataset/] },
  bucket: { keys: [/^bucket(_?name)?$/, /bucket/, /container/] },
  region: { keys: [/region/, /^endpoint$/] },
  path: { keys: [/^(folder_path|path_prefix|path|globs?|file_pattern|url)$/, /path|folder|glob/] },
  warehouse: { keys: [/^warehouse$/] },
  role: { keys: [/^role(_?(name|arn))?$/] },
  slot: { keys: [/^replication_slot$/] },
  publication: { keys: [/^publications?$/] },
  replication: { keys: [/^replication(_method)?$/, /^update_method$/] },
  startDate: {
    keys: [
      /^(replication_)?start_?(date|time|datetime)?$/,
      /^(since|date_from|from_date|begin\w*)$/,
      /(start|since|from)\w*date|date_?from/,
    ],
    title: /\b(start|since|from)\b.*\bdate\b|\bdate\b/i,
  },
  endDate: { keys: [/^(replication_)?end_?(date|time)?$/, /^(until|date_to|to_date)$/] },
  query: { keys: [/^(custom_)?quer(y|ies)(_array)?$/, /quer|jql|sql/] },
  report: { keys: [/custom_(report|insight)s?/, /report/] },
} satisfies Record<string, FieldRole>

export type RoleName = keyof typeof fieldRoles
