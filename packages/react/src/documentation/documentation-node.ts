// A setup guide as data: a closed list of what it may hold. Whatever is not in here can't reach the page.

/** Words in a line. */
export type InlineNode =
  | { kind: 'text'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'break' }
  | { kind: 'strong' | 'em'; children: InlineNode[] }
  /** Always https. */
  | { kind: 'link'; href: string; children: InlineNode[] }

export type NoteTone = 'info' | 'success' | 'warning' | 'danger'
export type CellAlign = 'left' | 'right' | 'center' | null

/** One block of a guide. */
export type BlockNode =
  | { kind: 'heading'; depth: 1 | 2 | 3 | 4 | 5 | 6; children: InlineNode[] }
  | { kind: 'paragraph'; children: InlineNode[] }
  | { kind: 'list'; ordered: boolean; start: number; items: BlockNode[][] }
  | { kind: 'table'; align: CellAlign[]; rows: InlineNode[][][] }
  | { kind: 'codeBlock'; text: string }
  | { kind: 'quote'; children: BlockNode[] }
  | { kind: 'rule' }
  /** An aside: a hint, a warning. */
  | { kind: 'note'; tone: NoteTone; children: BlockNode[] }
  /** What is said of some fields: `FieldAnchor`, as dotted paths. */
  | { kind: 'section'; fields: string[]; children: BlockNode[] }
