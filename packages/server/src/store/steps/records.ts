/** SQL of the proxy's tables for this part; run once, after the first step. */
export const records = ''
