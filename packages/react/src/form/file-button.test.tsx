import { screen } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { expectAccessible } from '../test/a11y.js'
import { renderOneField } from '../test/one-field.js'

const choose = () => screen.getByRole('button', { name: 'Choose a file for It' })
const input = () => screen.getByLabelText('Choose a file for It', { selector: 'input' })
const note = () => screen.getByRole('status').textContent

describe.each([true, false])('a file for a field of several lines, secret: %s', (airbyte_secret) => {
  it('is read as it is, its last line break too, and named', async () => {
    const { user, container, sent } = renderOneField({ type: 'string', multiline: true, airbyte_secret })
    await user.upload(input(), new File(['-----BEGIN-----\nkey ü\n'], 'key.pem'))
    expect(await screen.findByText('Read from key.pem.')).toBeInTheDocument()
    expect(choose()).toHaveAccessibleDescription('Read from key.pem.')
    await expectAccessible(container)
    expect(await sent()).toEqual({ it: '-----BEGIN-----\nkey ü\n' })
  })

  it.each([
    [
      'is no text',
      new File([new Uint8Array([0x41, 0xff, 0xfe])], 'key.p12'),
      'key.p12 holds no text. Choose a text file.',
    ],
    ['holds zeros', new File(['a\0b'], 'key.der'), 'key.der holds no text. Choose a text file.'],
    ['is too large', new File(['x'.repeat(1024 * 1024 + 1)], 'dump.sql'), 'dump.sql is larger than 1 MiB.'],
  ])('that %s is refused, and what was typed stays', async (_, file, message) => {
    const { user, sent } = renderOneField({ type: 'string', multiline: true, airbyte_secret })
    await user.type(screen.getByLabelText('It', { exact: true }), 'typed')
    await user.upload(input(), file)
    await screen.findByText(message)
    expect(note()).toBe(message)
    expect(await sent()).toEqual({ it: 'typed' })
  })
})
