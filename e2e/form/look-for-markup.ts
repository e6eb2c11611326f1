// Run in the page, so each is self-contained: use a form in every way, then look for what nothing of ours has.

/** In the page: opens every fold, chooses, submits, and looks for markup that no form of ours has. */
export async function useEverything(): Promise<void> {
  const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
  const closed = (): HTMLElement | null => document.querySelector('form [aria-expanded=false]:not([role])')
  for (let opened = 0; closed() !== null && opened < 40; opened++) {
    closed()!.click()
    await tick()
  }
  document.querySelector<HTMLButtonElement>('form [type=submit]')?.click()
  for (const choice of document.querySelectorAll<HTMLElement>('form [type=radio]:not(:checked)')) choice.click()
  await tick()
}

/** In the page: elements, handlers, styles and addresses that nothing of ours has. */
export function findStrangeMarkup(): string[] {
  const strange =
    'script, iframe, object, embed, img, image, video, audio, style, link, meta, base, math, foreignObject, use'
  const found = [...document.querySelectorAll(`#root :is(${strange})`)].map((element) => element.outerHTML)
  for (const element of document.querySelectorAll('#root *')) {
    element.dispatchEvent(new MouseEvent('pointerover', { bubbles: true }))
    for (const { name, value } of element.attributes) {
      const isUrl = name === 'href' || name === 'src' || name === 'action' || name === 'formaction'
      if (name.startsWith('on') || name === 'style' || (isUrl && !value.startsWith('https://')))
        found.push(element.outerHTML)
    }
  }
  return found
}
