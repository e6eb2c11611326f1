export const style = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#f6f7f9, #101216);
  --sheet: light-dark(#ffffff, #181b21);
  --text: light-dark(#16191f, #eceef2);
  --quiet: light-dark(#59616e, #a0a8b5);
  --line: light-dark(#dfe3e8, #2c313a);
  --edge: light-dark(#838c99, #737c8a);
  --accent: light-dark(#1f5fd6, #7aa8ff);
  --on-accent: light-dark(#ffffff, #0b1220);
  --wrong: light-dark(#b3261e, #ff9b94);
  --wrong-ground: light-dark(#fdf0ef, #2c1a19);
}
* { box-sizing: border-box; margin: 0; }
body {
  min-height: 100dvh;
  display: grid;
  place-items: start center;
  padding: clamp(0px, 6vh, 64px) 0;
  background: var(--ground);
  color: var(--text);
  font: 14px/1.5 system-ui, sans-serif;
}
main {
  width: min(100%, 440px);
  padding: 32px;
  background: var(--sheet);
  border: 1px solid var(--line);
  border-radius: 8px;
}
@media (max-width: 480px) {
  body { padding: 0; background: var(--sheet); }
  main { border: 0; border-radius: 0; padding: 24px 20px; }
}
.brand { display: flex; align-items: center; gap: 8px; margin-bottom: 24px; font-weight: 600; }
.brand rect { fill: var(--accent); }
.brand path { fill: none; stroke: var(--on-accent); stroke-width: 2; stroke-linecap: round; }
h1 { font-size: 20px; line-height: 28px; font-weight: 600; text-wrap: balance; overflow-wrap: anywhere; }
h2 { font-size: 14px; font-weight: 600; }
.lead { margin-top: 4px; color: var(--quiet); overflow-wrap: anywhere; }
.lead strong { color: var(--text); font-weight: 600; }
form { margin-top: 20px; }
label { display: block; margin: 16px 0 4px; font-weight: 600; }
input:not([type=hidden]) {
  width: 100%;
  height: 40px;
  padding: 0 12px;
  color: inherit;
  background: transparent;
  font: inherit;
  border: 1px solid var(--edge);
  border-radius: 8px;
}
input[aria-invalid=true] { border-color: var(--wrong); }
.actions { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; margin-top: 24px; }
button {
  height: 40px;
  padding: 0 16px;
  color: inherit;
  background: transparent;
  font: inherit;
  font-weight: 600;
  border: 1px solid var(--edge);
  border-radius: 8px;
  cursor: pointer;
}
button:hover { border-color: var(--text); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.primary:hover { border-color: var(--text); }
button.link {
  height: auto;
  padding: 4px 0;
  color: var(--accent);
  font-weight: 400;
  text-decoration: underline;
  border: 0;
}
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.error {
  margin-top: 16px;
  padding: 8px 12px;
  color: var(--wrong);
  background: var(--wrong-ground);
  border-radius: 8px;
}
aside { margin-top: 32px; padding-top: 20px; border-top: 1px solid var(--line); color: var(--quiet); }
dl { margin-top: 8px; }
dl div { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 12px; }
dd { margin: 0; }
code { font: 13px/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.scopes { margin-top: 16px; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 8px; }
.scopes li { display: grid; gap: 4px; padding: 12px 16px; }
.scopes strong { font-weight: 600; }
.scopes li + li { border-top: 1px solid var(--line); }
.scopes span, .scopes code, .note { color: var(--quiet); }
.account {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  justify-content: space-between;
  gap: 4px 12px;
  margin-top: 24px;
  padding-top: 16px;
  color: var(--quiet);
  border-top: 1px solid var(--line);
}
.account strong { color: var(--text); font-weight: 600; }
.note { margin-top: 8px; }
`
