import bcrypt from 'bcryptjs';

/** As Rocket.Chat's. */
const COST = 10;
const HASH = /^\$2[aby]\$(?:0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/;

export function toBcrypt(text: string): Promise<string> {
  return bcrypt.hash(text, COST);
}

/** Whether `hash` is the bcrypt of `text`. What is not a bcrypt hash is nobody's: bcryptjs would throw at some of it. */
export async function isBcryptOf(hash: unknown, text: string): Promise<boolean> {
  return typeof hash === 'string' && HASH.test(hash) && (await bcrypt.compare(text, hash));
}
