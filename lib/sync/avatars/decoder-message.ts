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

/**
 * What a decoder's process says. A photo may have taken control of the process, so its messages are trusted
 * no more than photos.
 */
export type DecoderMessage = z.infer<typeof message>;

/** A message of any other shape becomes an empty one. */
export function toDecoderMessage(said: unknown): DecoderMessage {
  return message.safeParse(said).data ?? {};
}
