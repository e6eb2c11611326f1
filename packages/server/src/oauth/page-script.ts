/** Of the sign-in pages: what it needs stands in the body's data attributes, so that nothing is written into a script. */
export const script = `
const { does, consent, flow, origin } = document.body.dataset
const text = document.getElementById('text')
const button = document.getElementById('button')

async function go() {
  button.hidden = true
  text.textContent = 'One moment…'
  try {
    const signal = AbortSignal.timeout(20_000)
    const answer = await fetch(consent, { method: 'POST', headers: { accept: 'application/json' }, signal })
    const body = await answer.json()
    const leave = () => location.replace(body.consentUrl)
    if (answer.ok) return body.question ? show(body.question, 'Continue', leave) : leave()
    show([body.displayMessage, body.remedy].filter(Boolean).join(' '))
  } catch {
    show('There is no connection. Try again in a moment.')
  }
}

function show(message, label = 'Try again', next = go) {
  text.textContent = message
  button.textContent = label
  button.onclick = next
  button.hidden = false
}

button.onclick = go
if (does === 'go') go()
if (does === 'close') {
  const channel = new BroadcastChannel('aip:' + flow)
  channel.postMessage('wake')
  channel.close()
  if (origin && window.opener) window.opener.postMessage('wake', origin)
  window.close()
}
`
