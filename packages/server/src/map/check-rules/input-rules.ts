import { type CheckRule, rule } from './rule.js'

/** What a connector finds wrong with an input. */
export const inputRules: readonly CheckRule[] = [
  rule(
    'bad_query',
    ['query', 'report'],
    'Correct the query.',
    /GAQL|(query|jql|sql|expression).{0,60}(invalid|syntax|incorrect|error|parse|not valid)|(invalid|incorrect|error in) (the )?(query|jql|sql)|MALFORMED_QUERY|custom (report|quer|insight)|unknown (metric|dimension)|INVALID_ARGUMENT.{0,40}(metric|dimension)/i,
  ),
  rule(
    'bad_date',
    ['startDate', 'endDate'],
    'Enter a date the connector accepts, not in the future.',
    /(start|end|since|from|replication)[ _-]?(date|time|datetime)|time data|does not match format|invalid (date|isoformat|datetime)|date.{0,60}(in the future|too (old|far)|out of range|format|earlier|before)|(parse|unknown).{0,20} (date|datetime|string format)/i,
  ),
  rule(
    'not_found_resource',
    ['resource'],
    'Check the link or id, and that this sign-in may see it.',
    /spreadsheet|requested entity was not found|repositor(y|ies)|board|channel_not_found|not_in_channel|object_not_found|could not find (database|page|block)|table .{0,100}not (exist|found)|collection/i,
  ),
]
