// OpenAI's chat completions with structured output: https://platform.openai.com/docs/guides/structured-outputs
// Many other servers speak the same (`OPENAI_BASE_URL`).
import * as z from 'zod'
import {
  type LanguageModel,
  ModelError,
  type ModelOptions,
  parseJson,
  postJson,
  standingInstructions,
  toPrompt,
} from './language-model.js'

const Completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
})

export function createOpenAi({ apiKey, baseUrl, model, fetch }: ModelOptions): LanguageModel {
  return {
    by: 'openai',
    ask: async (question, signal) => {
      const answer = await postJson({ fetch }, `${baseUrl}/chat/completions`, {
        headers: { authorization: `Bearer ${apiKey}` },
        body: {
          model,
          max_completion_tokens: question.maxOutputTokens,
          messages: [
            { role: 'system', content: standingInstructions + question.instructions },
            { role: 'user', content: toPrompt(question) },
          ],
          response_format: {
            type: 'json_schema',
            json_schema: { name: question.name, strict: true, schema: question.answer },
          },
        },
        signal,
      })
      const choice = Completion.safeParse(answer).data?.choices[0]
      if (!choice) throw new ModelError('garbage')
      if (choice.message.refusal || choice.finish_reason === 'content_filter') throw new ModelError('refused')
      if (choice.finish_reason === 'length') throw new ModelError('truncated')
      return parseJson(choice.message.content ?? '')
    },
  }
}
