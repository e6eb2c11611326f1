/** Of the sign-in pages. Same measures as the hub, and nothing to load. */
export const style = `
:root { color-scheme: light dark; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 14px/1.5 system-ui, sans-serif;
  background: light-dark(oklch(98.5% 0 0), oklch(18% 0 0)); color: light-dark(oklch(22% 0 0), oklch(94% 0 0)); }
main { box-sizing: border-box; width: min(400px, 100vw - 32px); padding: 32px; border-radius: 8px;
  border: 1px solid light-dark(oklch(90% 0 0), oklch(32% 0 0)); background: light-dark(#fff, oklch(22% 0 0)); }
h1 { margin: 0 0 8px; font-size: 18px; line-height: 24px; font-weight: 600; }
p { margin: 0; color: light-dark(oklch(45% 0 0), oklch(75% 0 0)); overflow-wrap: anywhere; }
button, a { box-sizing: border-box; display: inline-block; margin-top: 24px; height: 36px; padding: 0 16px; border: 0;
  border-radius: 8px; font: inherit; line-height: 36px; font-weight: 500; text-decoration: none; cursor: pointer;
  background: light-dark(oklch(22% 0 0), oklch(94% 0 0)); color: light-dark(#fff, oklch(18% 0 0)); }
button[hidden] { display: none; }
button:focus-visible, a:focus-visible { outline: 2px solid light-dark(oklch(55% 0.2 260), oklch(75% 0.15 260)); outline-offset: 2px; }
`
