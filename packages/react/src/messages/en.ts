import { commonEn } from './common-en.js'
import { formEn } from './form-en.js'
import { hubEn } from './hub-en.js'

/** Every text of the kit in English, by area. */
export const en = { common: commonEn, form: formEn, ...hubEn }
