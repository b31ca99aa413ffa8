import { randomInt } from 'node:crypto';

/**
 * 55 characters that are not mistaken for one another when read aloud or typed (Meteor's alphabet;
 * Rocket.Chat's ids).
 */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz';
const LENGTH = 17;

/** A document id as Rocket.Chat makes them: 17 characters, 98 random bits, every character equally likely. */
export function createRandomId(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
}
