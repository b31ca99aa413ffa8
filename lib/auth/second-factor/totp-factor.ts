import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { userCollection } from '../../../models/user.js';
import { prepareNothing, type Factor } from './factor.js';
import type { SecondFactorState } from './second-factor-state.js';
import { matchTotpStep } from './totp.js';

interface Dependencies {
  readonly connection: Connection;
  readonly state: SecondFactorState;
}

const BACKUP_CODE_LENGTH = 8;

/**
 * An authenticator app (RFC 6238), or one of the backup codes. Neither is accepted twice, not even on two
 * hosts.
 */
export function createTotpFactor({ connection, state }: Dependencies): Factor {
  const users = () => userCollection(connection);

  /**
   * Removing the code is what accepts it: of two at once, one removes it. Only a list holds backup codes:
   * `$pull` fails on anything else.
   */
  async function useBackupCode(userId: string, code: string): Promise<boolean> {
    const hashed = createHash('sha256').update(code).digest('hex');
    const { modifiedCount } = await users().updateOne(
      {
        _id: userId,
        'services.totp.hashedBackup': hashed,
        'services.totp.hashedBackup.0': { $exists: true },
      },
      { $pull: { 'services.totp.hashedBackup': hashed } as never },
    );
    return modifiedCount === 1;
  }

  return {
    method: 'totp',
    prepare: prepareNothing,
    async check({ user: { _id, services }, settings, now }, code) {
      if (code.length === BACKUP_CODE_LENGTH) return (await useBackupCode(_id, code)) ? 'right' : 'wrong';
      const step = matchTotpStep(services?.totp?.secret, code, {
        window: settings.get('Accounts_TwoFactorAuthentication_MaxDelta'),
        now,
      });
      if (step === undefined) return 'wrong';
      return (await state.useTotpStep(_id, step)) ? 'right' : 'replayed';
    },
  };
}
