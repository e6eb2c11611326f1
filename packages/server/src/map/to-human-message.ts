// What a connector said, without the log it said it in. Pure.
import { scrubText } from '../secrets/scrub.js'

/** More than anybody reads; a whole log is megabytes. */
const MOST_READ = 50_000
const MOST_SHOWN = 2_000

/** Whole sentences for the end user; secrets of this request are blanked before anything is cut. */
export function toHumanMessage(text: string): string {
  const plain = withoutTags(unquote(scrubText(text.slice(0, MOST_READ)).trim()))
  return shorten(withoutTrace(plain).trim(), MOST_SHOWN)
}

/** Its first paragraph, for a place with little room. */
export const toFirstLine = (message: string): string => shorten(message.split('\n')[0]?.trim() ?? '', 300)

/** Python connectors answer `repr(error)`: a text in quotes with its line breaks written out. */
function unquote(text: string): string {
  if (!/^(['"])(?:(?!\1)[^\\]|\\[\s\S])+\1$/.test(text)) return text
  const inner = text
    .slice(1, -1)
    .replace(/\\n/g, '\n')
    .replace(/\\(['"\\])/g, '$1')
  return unquote(inner.trim())
}

const withoutTags = (text: string) =>
  /<(html|!doctype|body)\b/i.test(text)
    ? text
        .replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, ' ')
        .replace(/<[^<>]*>/g, ' ')
        .replace(/[ \t\r\n]+/g, ' ')
    : text

const isFrame = (line: string) =>
  /^\s*(at [\w$.<>/]+\(|\.\.\. \d+ (more|common)|Caused by: |File "|Suppressed: )/.test(line) ||
  /^\s+~*\^+~*\s*$/.test(line)

/** What stands before a stack; where nothing does, the error at a Python stack's end. */
function withoutTrace(text: string): string {
  const [before = '', ...stacks] = text.split(/(?:^|\n)\s*Traceback \(most recent call last\):/)
  const said = cutAtFrame(before).trim()
  if (said !== '' || stacks.length === 0) return said
  const last = stacks.at(-1) ?? ''
  return last.split('\n').findLast((line) => /^\S/.test(line)) ?? last
}

function cutAtFrame(text: string): string {
  const lines = text.split('\n')
  const first = lines.findIndex((line, index) => index > 0 && isFrame(line))
  return first < 0 ? text : lines.slice(0, first).join('\n')
}

function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const end = text.slice(0, most).search(/\s\S*$/)
  return `${text.slice(0, end > 0 ? end : most).trimEnd()} …`
}
