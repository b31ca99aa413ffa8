import bcrypt from 'bcryptjs';
import { NOTHING_GENERATED, type Factor } from './factor.js';

const SHA256_HEX = /^[0-9a-f]{64}$/;

/** The user's own password: the code is its hex SHA-256, of which Rocket.Chat stores the bcrypt. */
export const passwordFactor: Factor = {
  method: 'password',
  isEnabled: () => true,
  prepare: async () => NOTHING_GENERATED,
  async check({ services }, code) {
    const hash: unknown = services?.password?.bcrypt;
    const digest = code.toLowerCase();
    if (typeof hash !== 'string' || !SHA256_HEX.test(digest)) return 'wrong';
    return (await bcrypt.compare(digest, hash)) ? 'right' : 'wrong';
  },
};
