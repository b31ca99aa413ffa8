import { z } from 'zod';
import type { AccountPair, MatchedBy } from '../../models/account-pair.js';
import type { ChangeRow } from '../../models/change-row.js';
import { REMOVAL_KINDS } from '../../models/removal-kind.js';
import { instant } from './basics.js';
import { outcome, verdict } from './run.js';

const accountPair = z
  .strictObject({
    matchedBy: z
      .enum(['verified-address', 'address', 'username'] satisfies readonly MatchedBy[])
      .describe(
        'What the match rests on. On anything but `verified-address`, approving removes password, second factors, ' +
          'tokens and other sign-ins of the account',
      ),
    shared: z
      .strictObject({ username: z.string().optional(), address: z.string().optional() })
      .describe('What both have'),
    entry: z.strictObject({
      dn: z.string(),
      username: z.string().optional(),
      name: z.string().optional(),
      addresses: z.array(z.string()),
      state: z
        .enum(['enabled', 'disabled', 'unknown'] satisfies readonly AccountPair['entry']['state'][])
        .describe('`unknown`: the directory does not show it'),
    }),
    account: z.strictObject({
      userId: z.string(),
      username: z.string().optional(),
      name: z.string().optional(),
      type: z.string(),
      active: z.boolean(),
      roles: z.array(z.string()),
      isAdministrator: z.boolean(),
      otherSignIns: z.array(z.string()).describe('Names of other services through which somebody signs in'),
      lastLogin: instant.optional(),
      linkedBy: z
        .strictObject({ id: z.string(), idAttribute: z.string() })
        .optional()
        .describe('The entry that the account is linked to, and that is gone'),
    }),
    obstacles: z.array(z.string()).describe('Codes: why nobody connects the two without a decision'),
    warnings: z.array(z.string()).describe('What to know before the decision, the worst first'),
  })
  .meta({
    id: 'AccountPair',
    description:
      'An entry and an account that may be the same person. Texts are cut, and invisible characters are written out',
  });

const knownAccount = z
  .strictObject({
    active: z.boolean(),
    roles: z.array(z.string()).max(20).describe('Names'),
    isAdministrator: z.boolean(),
    lastLogin: instant.optional().describe('Absent: never, as far as the chat server says'),
    ownedRooms: z.int().describe('Channels and private groups of which they are an owner'),
  })
  .meta({ id: 'KnownAccount', description: 'What the chat server knows of somebody now' });

const fieldChange = z
  .strictObject({
    field: z.string(),
    from: z.unknown().optional().describe('Absent: there was nothing. Photos are hex SHA-256.'),
    to: z.unknown().optional().describe('Absent: there will be nothing.'),
  })
  .meta({ id: 'FieldChange' });

const decided = z
  .strictObject({
    verdict,
    runId: z.string().optional().describe('The run that does what was approved'),
  })
  .describe(
    'What somebody decided about a row of a held run. It stays `waiting` there; what became of it is in the run that ' +
      'did it.',
  );

export const change = z
  .strictObject({
    id: z
      .string()
      .optional()
      .describe('Names the row in `ldap.approveRun` and `ldap.rejectRun`; in `ldap.runChanges` only'),
    kind: z
      .enum(['write', 'sign-out', ...REMOVAL_KINDS] satisfies readonly ChangeRow['kind'][])
      .describe(
        '`write` adds or corrects; `sign-out` ended sessions and tokens of a user who stays on; everything else takes ' +
          'away',
      ),
    outcome,
    state: z
      .enum(['planned', 'waiting', 'done', 'skipped'] satisfies readonly ('planned' | ChangeRow['state'])[])
      .describe(
        '`planned`: a preview, nothing was done. `waiting`: a removal that was held, or not reached; in ' +
          '`ldap.explainUser`, one that the guard decides about at the end of a sync. `skipped`: `reason` says why.',
      ),
    userId: z.string().optional(),
    username: z.string().optional(),
    name: z.string().optional(),
    dn: z.string().optional(),
    fields: z.array(fieldChange),
    reason: z.string().optional(),
    needsDecision: z
      .literal(true)
      .optional()
      .describe('The row waits for a decision by its nature, however few there are'),
    disabledBy: z
      .string()
      .optional()
      .describe('The attribute by which the directory says that the person is disabled'),
    pair: accountPair.optional(),
    decided: decided.optional(),
    account: knownAccount
      .optional()
      .describe('In `ldap.runChanges` only; absent where there is no such user (any more)'),
  })
  .meta({ id: 'Change', description: 'What a run did, or wants to do, to one person' });
