import { z } from 'zod';
import type { SecondFactorMethod } from '../../lib/auth/second-factor/second-factor.js';
import { adviceParams, findingCode, instant } from './basics.js';

const success = z.literal(false);

export const unauthenticated = z
  .strictObject({ status: z.literal('error'), message: z.literal('You must be logged in to do this.') })
  .meta({ id: 'Unauthenticated' });

export const forbidden = z
  .strictObject({
    success,
    error: z.literal('User does not have the permissions required for this action [error-unauthorized]'),
  })
  .meta({ id: 'Forbidden' });

export const tooManyRequests = z
  .strictObject({ success, error: z.string().regex(/\[error-too-many-requests\]$/) })
  .meta({ id: 'TooManyRequests' });

/** The plain refusal of the contract. */
export const refusal = z
  .strictObject({
    success,
    error: z
      .string()
      .meta({ examples: ['error-not-authorized', 'LDAP_disabled', 'LDAP_Background_Sync_disabled'] }),
  })
  .meta({ id: 'Refusal' });

export const failure = z
  .strictObject({
    success,
    error: z.string(),
    errorType: z.string(),
    details: z
      .looseObject({
        remedy: z.string().optional(),
        code: findingCode.optional(),
        params: adviceParams.optional(),
      })
      .optional()
      .describe(
        '`problems` of settings that cannot be used, `dns` of several entries; `code` and `params` of an error of the ' +
          'directory, for translation',
      ),
  })
  .meta({ id: 'Failure', description: 'A refusal with a code that programs can tell' });

export const connectionFailure = z
  .strictObject({
    success,
    error: z.literal('LDAP_Connection_failed_reason'),
    errorType: z.literal('error-ldap-connection-failed'),
    details: z
      .strictObject({
        reason: z.string(),
        code: findingCode.optional(),
        params: adviceParams.optional(),
      })
      .describe(
        '`code` and `params` are for translation; `ldap.testConnection` and `ldap.testSearch` have none',
      ),
  })
  .meta({ id: 'ConnectionFailure' });

export const secondFactorMethod = z.enum([
  'totp',
  'email',
  'password',
] satisfies readonly SecondFactorMethod[]);

export const challengeDetails = z.strictObject({
  method: secondFactorMethod,
  codeGenerated: z.boolean(),
  codeExpires: instant.optional().describe('Of a mailed code that is still good'),
  emailOrUsername: z.string().optional().describe('Where a code has just been mailed to'),
  availableMethods: z.array(secondFactorMethod),
});

export const challenge = z
  .strictObject({
    success,
    error: z.enum([
      'TOTP Required [totp-required]',
      'TOTP Invalid [totp-invalid]',
      // The spelling is part of Rocket.Chat's contract.
      'TOTP Maximun Failed Attempts Reached [totp-max-attempts]',
    ]),
    errorType: z.enum(['totp-required', 'totp-invalid', 'totp-max-attempts']),
    details: challengeDetails,
  })
  .meta({ id: 'Challenge', description: 'A second factor is needed, or was wrong' });

export const databaseUnavailable = z
  .strictObject({ success, error: z.string(), errorType: z.literal('error-database-unavailable') })
  .meta({ id: 'DatabaseUnavailable' });
