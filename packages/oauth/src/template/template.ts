// A template as data: what the connectors' OAuth specifications write in Jinja, and no more of Jinja than that.

/** What can stand between `{{` and `}}`. Nothing in it can be called, and no name has properties. */
export type Expression =
  | { kind: 'text'; text: string }
  | { kind: 'variable'; name: string }
  /** `a ~ b` */
  | { kind: 'join'; parts: Expression[] }
  /** `{'US': 'com', 'EU': 'eu'}[region]` */
  | { kind: 'choice'; entries: Map<string, Expression>; key: Expression }
  | { kind: 'filter'; filter: FilterName; arguments: string[]; of: Expression }

/** What can stand between `{% if` and `%}`. */
export type Condition =
  | { kind: 'truth'; of: Expression }
  | { kind: 'equal'; left: Expression; right: Expression }
  | { kind: 'not'; of: Condition }

export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'value'; expression: Expression }
  | { kind: 'if'; condition: Condition; then: Template; otherwise: Template }

export type Template = readonly Piece[]

export const filterNames = ['urlencode', 'urldecode', 'b64encode', 'b64decode', 'codechallenges256', 'replace'] as const
export type FilterName = (typeof filterNames)[number]
