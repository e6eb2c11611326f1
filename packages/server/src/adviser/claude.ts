// Anthropic's messages API, the answer as the input of a tool it has to use: https://docs.anthropic.com/en/api/messages
import * as z from 'zod'
import {
  type LanguageModel,
  ModelError,
  type ModelOptions,
  postJson,
  standingInstructions,
  toPrompt,
} from './language-model.js'

const Message = z.object({
  stop_reason: z.string().nullish(),
  content: z.array(z.object({ type: z.string(), name: z.string().optional(), input: z.unknown().optional() })),
})

export function createClaude({ apiKey, baseUrl, model, fetch }: ModelOptions): LanguageModel {
  return {
    by: 'claude',
    ask: async (question, signal) => {
      const { name } = question
      const answer = await postJson({ fetch }, `${baseUrl}/v1/messages`, {
        headers: { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' },
        body: {
          model,
          max_tokens: question.maxOutputTokens,
          system: standingInstructions + question.instructions,
          messages: [{ role: 'user', content: toPrompt(question) }],
          tools: [{ name, description: 'Gives the answer.', input_schema: question.answer }],
          tool_choice: { type: 'tool', name },
        },
        signal,
      })
      const message = Message.safeParse(answer).data
      if (!message) throw new ModelError('garbage')
      if (message.stop_reason === 'refusal') throw new ModelError('refused')
      if (message.stop_reason === 'max_tokens') throw new ModelError('truncated')
      const used = message.content.find((part) => part.type === 'tool_use' && part.name === name)
      // Words instead of the tool are how it declines.
      if (!used) throw new ModelError(message.content.some(({ type }) => type === 'text') ? 'refused' : 'garbage')
      return used.input
    },
  }
}
