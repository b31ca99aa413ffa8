import { prepareNothing, type Factor } from './factor.js';
import type { Hashing } from './hashing.js';

const SHA256_HEX = /^[0-9a-f]{64}$/;

/**
 * The user's own password: the code is its hex SHA-256, of which Rocket.Chat stores the bcrypt. The same code
 * is accepted again and again, unlike those of the other factors: it is the password itself in another form,
 * which stays right until it is changed, and the contract has no challenge that would make it differ from
 * call to call.
 */
export function createPasswordFactor(hashing: Hashing): Factor {
  return {
    method: 'password',
    prepare: prepareNothing,
    async check({ user }, code) {
      const digest = code.toLowerCase();
      if (!SHA256_HEX.test(digest)) return 'wrong';
      return (await hashing.matches(user._id, user.services?.password?.bcrypt, digest)) ? 'right' : 'wrong';
    },
  };
}
