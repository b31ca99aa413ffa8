import { isIP } from 'node:net';
import { z } from 'zod';

/** Names that Express has for the networks of one's own. */
const NETWORKS: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal']);
const MOST = 32;

/**
 * How many proxies there are, or which: what Express takes for `trust proxy`, but for `true`, which believes every
 * caller. Express throws for an address that is none only when it is told, so it is looked at here.
 */
export const trustedProxies = z.union([
  z.literal([false, 'false', 'off']).transform(() => 0),
  z.int().min(0).max(MOST),
  z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number)
    .refine((count) => count <= MOST),
  z
    .string()
    .max(500)
    .refine((text) => text.split(',').every((one) => isNetwork(one.trim()))),
]);

/** An address, with the length of a network behind it where it is one. */
function isNetwork(text: string): boolean {
  if (NETWORKS.has(text)) return true;
  const [address = '', length, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || rest.length > 0) return false;
  if (length === undefined) return true;
  return /^[1-9]\d{0,2}$/.test(length) && Number(length) <= (family === 4 ? 32 : 128);
}
