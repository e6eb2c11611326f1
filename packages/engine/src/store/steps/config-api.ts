/** SQL of the tables this part of the API needs. */
export const configApi = ''
