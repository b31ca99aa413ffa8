import { z } from 'zod';

const message = z
  .object({
    ready: z.literal(true),
    unavailable: z.string(),
    /** Bytes of a picture that has been written. */
    image: z.int().positive(),
    refused: z.enum(['damaged', 'cpu', 'memory', 'crash', 'deadline']),
    text: z.string(),
  })
  .partial();

/** What a decoder's process says. Photos may have got the better of it, so that it is no more trusted than they. */
export type DecoderMessage = z.infer<typeof message>;

/** Of anything else, nothing is left. */
export function toDecoderMessage(said: unknown): DecoderMessage {
  return message.safeParse(said).data ?? {};
}
