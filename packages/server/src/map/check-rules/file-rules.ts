import { type CheckRule, rule } from './rule.js'

const newKey = 'Copy the key again, whole and without spaces, or make a new one.'

/** What file stores say. */
export const fileRules: readonly CheckRule[] = [
  rule('bad_key', ['accessKeyId', 'key'], newKey, /InvalidAccessKeyId|Access Key Id you provided|AWS Access Key/i),
  rule(
    'bad_key',
    ['secretKey', 'key'],
    newKey,
    /SignatureDoesNotMatch|request signature we calculated|Server failed to authenticate the request/i,
  ),
  rule(
    'no_permission',
    ['bucket', 'role', 'path', 'key'],
    'Give this key the right to list and read the bucket.',
    /AccessDenied|(ListObjects|ListBucket|GetObject|HeadBucket|storage\.objects).{0,120}(denied|forbidden|403)|does not have storage\.|not authorized to perform: s3|AssumeRole/i,
  ),
  rule(
    'bucket',
    ['bucket', 'region'],
    'Check the name of the bucket and its region.',
    /NoSuchBucket|PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint|bucket.{0,100}(not exist|not found|no such|invalid|region|redirect|endpoint)|container (does not exist|not found)|ContainerNotFound|BucketNotFound/i,
  ),
  rule(
    'not_found_resource',
    ['path', 'bucket', 'resource'],
    'Check the path or pattern: nothing was found there.',
    /no (matching )?files?( \w+){0,3} (found|match|identified)|No such file|file not found|NoSuchKey|(folder|directory|path) .{0,100}(not exist|not found)/i,
  ),
]
