import type { EmbeddedPeople } from '../embedded-directory/embedded-people.js';
import { drawPortrait } from '../embedded-directory/portrait.js';

/** What happens in a company between two syncs. Returns what was done, a sentence each. */
export async function changeDirectory(people: EmbeddedPeople): Promise<readonly string[]> {
  people.rename('zoe.muller', {
    uid: 'zoe.schmidt',
    sn: 'Schmidt',
    displayName: 'Zoë Schmidt',
    mail: 'zoe.schmidt@example.org',
  });
  people.move('linus.berg', 'Research');
  people.remove('tomas.novak');
  people.changePhoto('grace.hopper', await drawPortrait('gh', 'grace.hopper, ten years on', 'jpeg'));
  people.changePhoto('vera.vector', await drawPortrait('vv', 'vera.vector', 'png'));
  people.add({
    uid: 'nadia.new',
    givenName: 'Nadia',
    sn: 'Newman',
    title: 'Trainee',
    unit: 'Engineering',
    mail: 'nadia.new@example.org',
    photo: await drawPortrait('nn', 'nadia.new', 'jpeg'),
  });
  return [
    'Zoë Müller is Zoë Schmidt now, with another user name and address.',
    'Linus Berg has moved from Engineering to Research.',
    'Tomáš Novák has left.',
    'Grace Hopper has a new photo.',
    'Vera Vector has a photo instead of an SVG document.',
    'Nadia Newman has come.',
  ];
}
