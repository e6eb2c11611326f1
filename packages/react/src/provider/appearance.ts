// The few looks a host sets in code; everything else is a CSS variable (styles/tokens.css).

/** How the hub looks. All optional: by default it follows the system's theme and the host's font. */
export interface Appearance {
  /** @default 'system' */
  theme?: 'light' | 'dark' | 'system' | undefined
  /** Written as CSS variables on the root; any CSS value. */
  variables?: AppearanceVariables | undefined
}

export interface AppearanceVariables {
  /** Colour of primary buttons, links and focus. */
  accent?: string
  /** Text on the accent colour. */
  accentText?: string
  /** Corner radius, such as `6px`. */
  radius?: string
  /** @default 'inherit' */
  fontFamily?: string
}

const variableNames: Readonly<Record<keyof AppearanceVariables, string>> = {
  accent: '--opsai-accent',
  accentText: '--opsai-color-on-accent',
  radius: '--opsai-radius',
  fontFamily: '--opsai-font-family',
}

/** The CSS variables an appearance sets, by name. */
export function toCssVariables({ variables = {} }: Appearance): [name: string, value: string][] {
  return Object.entries(variableNames).flatMap(([key, name]) => {
    const value = variables[key as keyof AppearanceVariables]
    return value ? [[name, value] as [string, string]] : []
  })
}
