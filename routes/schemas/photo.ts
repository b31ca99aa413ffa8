import { z } from 'zod';

const WHICH = 'which must be chat or directory';
const USER_ID = 'userId must be the _id of a user';
const DN = 'Give dn once, as a text of 1 to 1024 characters';
const SHA256 = 'sha256 must be 64 hex digits in lower case';

export const photoQuery = z
  .object({
    which: z
      .enum(['chat', 'directory'], WHICH)
      .describe('`chat`: what the chat server shows now; `directory`: what the directory has now'),
    userId: z
      .string(USER_ID)
      .regex(/^[!-~]{1,64}$/, USER_ID)
      .optional()
      .describe('`users._id` of somebody who is linked to an entry'),
    dn: z
      .string(DN)
      .min(1, DN)
      .max(1_024, DN)
      .refine((text) => text.trim() !== '' && !text.includes('\0'), DN)
      .optional()
      .describe('The DN of an entry that is synced, for somebody who is no user yet'),
    sha256: z
      .string(SHA256)
      .regex(/^[0-9a-f]{64}$/, SHA256)
      .optional()
      .describe('Only this photo, as a row names it: another one is refused'),
  })
  .refine(
    ({ which, userId, dn }) => (userId === undefined) !== (dn === undefined) && (which !== 'chat' || !dn),
    'Give either userId or dn; a picture of the chat needs userId',
  );
