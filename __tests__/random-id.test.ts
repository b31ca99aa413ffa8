import { createRandomId } from '../lib/random-id.js';

describe('createRandomId', () => {
  const ids = Array.from({ length: 5_000 }, createRandomId);

  it('an id has 17 characters, none of which is mistaken for another', () => {
    for (const id of ids) expect(id).toMatch(/^[2-9A-HJ-NP-TW-Za-km-z]{17}$/);
  });

  it('no id comes twice, and every character of the alphabet is used', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(ids.join('')).size).toBe(55);
  });
});
