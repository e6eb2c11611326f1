import { type CheckRule, rule } from './rule.js'

/** What APIs say of accounts, permissions and sign-ins. */
export const apiRules: readonly CheckRule[] = [
  rule(
    'plan_needed',
    [],
    'Your plan there does not include this. Upgrade it, or leave out what needs it.',
    /upgrade (your|to a|the) |(not |un)(available|included|supported|enabled) (on|in|for|with) (your|this) (current )?(plan|subscription|edition|tier)|API_DISABLED_FOR_ORG|API_CURRENTLY_DISABLED|API is not enabled for this|\b402\b|payment required|(requires?|need) (an? )?[\w ]{0,30}(plan|subscription|license)\b|trial (has |period )?(expired|ended)|enterprise (plan|edition)|higher plan|feature is not (enabled|available)|subscription (is |has )?(inactive|expired|ended)/i,
  ),
  rule(
    'not_found_account',
    ['account'],
    'Check the account, and that who signed in may see it.',
    /customer (ID|account|can't|not|is)|customer id|access customer|CUSTOMER_N|not a valid ads user|NOT_ADS_USER|with ID 'act_|account id|(invalid|no such|unknown|wrong) (account|property|customer|organi[sz]ation|workspace|tenant)|property (id|does)|sufficient permissions for this property|AADSTS(90002|900023)|tenant .{0,80}not found|(account|organi[sz]ation|workspace|store) .{0,80}(does not exist|not found|doesn't exist)|find (the |an? |this )?(site|account)|account\b.{0,40}(suspended|disabled|deactivated|inactive|closed)|correct .{0,3}Shopify Store|list index out of range|no help ?desk at/i,
  ),
  rule(
    'missing_scope',
    ['signIn', 'key'],
    'Give this key or sign-in the missing permission, then test again. After a sign-in: sign in again and tick all boxes.',
    /missing_scope|MISSING_SCOPES|SCOPE_INSUFFICIENT|insufficient.{0,40}scope|(missing|required|lacks?|without|needs?|grant\w*|requires?).{0,80}\bscopes?\b|\bscopes?\b.{0,80}(required|missing|needed|not (granted|available)|permission)|requires the '[^']*' permission|\(#(10|200)\)|OAuth scope|Missing permissions/i,
  ),
  rule(
    'bad_client',
    ['clientId', 'signIn'],
    'Check the client id: copy it again from the app that you registered there.',
    /invalid_client_id|client identifier|AADSTS700016|was not found in the directory|Provide valid app ID|consumer key/i,
  ),
  rule(
    'bad_client',
    ['clientSecret', 'clientId', 'signIn'],
    'Check client id and client secret: copy both again from the app that you registered there.',
    /invalid_client|unauthorized_client|deleted_client|client (authentication|credentials|secret|id)[\w ]{0,30}(failed|invalid|incorrect|wrong|not found|mismatch)|(invalid|incorrect|wrong) client|AADSTS7000215/i,
  ),
  rule(
    'sign_in_again',
    ['signIn', 'key'],
    'Sign in again: the access that was given is no longer good.',
    /invalid_grant|(refresh|access\/refresh) token.{0,60}(invalid|expired|revoked|not found|rejected)|expired or revoked|token_revoked|(token|authori[sz]ation|access|grant).{0,30}(was |been |is )?revoked|re-?authenticate|reauthori[sz]e|session has (been invalidated|expired)|validating access token|AADSTS(50173|700082|70008|65001|54005)|account_inactive|app(lication)? (has been |was )?uninstalled|logged? in to www/i,
  ),
  rule(
    'expired_key',
    ['key'],
    'Make a new key there and enter it.',
    /(key|token|credentials?|secret|SAS|jwt|password)\b.{0,40}\bexpired|expired (\w+ )?(key|token|secret|credentials?)|ExpiredToken|AADSTS7000222|signature has expired|token validity expired/i,
  ),
  rule(
    'rate_limited',
    [],
    'That was too much at once for the other side. Wait some minutes, then test again.',
    /\b429\b|too many (requests|connections|api)|rate[ -_]?limit|RESOURCE_EXHAUSTED|LIMIT_EXCEEDED|quota|throttl|request limit|call(s)? limit|slow ?down/i,
  ),
]
