/** Protocol operations of the messages a client receives. */
export const OPERATION = {
  bindResponse: 0x61,
  entry: 0x64,
  done: 0x65,
  reference: 0x73,
  extendedResponse: 0x78,
  intermediate: 0x79,
} as const;
