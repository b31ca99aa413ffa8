import { z } from 'zod';
import { directoryServer, instant, seen } from './basics.js';

const certificate = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()).max(50).describe('The names it was made for'),
  validFrom: instant,
  validTo: instant,
  sha256: z.string().describe('The fingerprint'),
  isSelfSigned: z.boolean(),
  isAuthority: z.boolean(),
  pem: z.string(),
});

const tls = z.strictObject({
  host: z.string(),
  port: z.int(),
  protocol: z.string().describe('Such as TLSv1.3'),
  chain: z.array(certificate).max(10).describe('As the server sent it, its own certificate first'),
  fitsName: z.boolean(),
  distrust: z
    .strictObject({
      kind: z.enum(['unknown-authority', 'wrong-name', 'expired', 'not-yet-valid', 'other']),
      reason: z.string(),
    })
    .optional()
    .describe('Why the settings do not trust it'),
});

const pin = z.strictObject({
  setting: z.literal('LDAP_CA_Cert'),
  value: z.string().describe('PEM'),
  subject: z.string(),
  sha256: z.string(),
  isAuthority: z.boolean(),
  note: z.string(),
  seen,
});

/** What a test of the connection finds out. */
export const connection = z.strictObject({
  encryption: z.enum(['plain', 'starttls', 'ldaps']),
  isVerified: z.boolean(),
  server: directoryServer.optional(),
  otherHosts: z.int(),
  openedMs: z.int().optional(),
  tls: tls.optional(),
  pin: pin.optional().describe('A certificate to trust, once a person has compared its fingerprint'),
});

/** What a test of the service account finds out. */
export const account = z.strictObject({
  bindDN: z.string().optional(),
  identity: z.string().optional().describe('Whom the server takes the account for (RFC 4532)'),
  passwordExpires: instant.optional(),
  rights: z.array(
    z.strictObject({
      what: z.enum(['people', 'id', 'state', 'groups', 'deleted']),
      attributes: z.array(z.string()),
      isReadable: z.union([z.boolean(), z.literal('unknown')]),
      because: z.string(),
      seen,
    }),
  ),
});
