import { isBcryptOf } from './bcrypt.js';
import { NOTHING_GENERATED, type Factor } from './factor.js';

const SHA256_HEX = /^[0-9a-f]{64}$/;

/** The user's own password: the code is its hex SHA-256, of which Rocket.Chat stores the bcrypt. */
export const passwordFactor: Factor = {
  method: 'password',
  isEnabled: () => true,
  prepare: () => Promise.resolve(NOTHING_GENERATED),
  async check({ services }, code) {
    const digest = code.toLowerCase();
    if (!SHA256_HEX.test(digest)) return 'wrong';
    return (await isBcryptOf(services?.password?.bcrypt, digest)) ? 'right' : 'wrong';
  },
};
