import type { AdviceWords } from '../advice-words.js';
import { NOTHING } from './remedies.js';

/** Of a person who cannot become a user, or get what the entry says. */
export const people = {
  'several-accounts-linked': [
    'Mehrere Konten sind mit diesem Eintrag verknüpft.',
    'Entfernen Sie services.ldap bei allen Konten außer einem.',
  ],
  'names-belong-to-another': [
    'Der Benutzername oder eine Adresse des Eintrags gehört einem anderen Konto.',
    'Ist es dieselbe Person, so lassen Sie ihre Adresse bestätigen oder geben Sie die wartende Zeile frei; sonst ändern Sie Namen oder Adresse bei einem von beiden.',
  ],
  'names-belong-to-several': [
    'Was der Eintrag sagt, gehört mehreren Konten: {accounts}.',
    'Ändern Sie Namen oder Adressen so, dass höchstens ein Konto sie hat.',
  ],
  'names-belong-to-departed': [
    'Den Namen {username} hat noch jemand, der gegangen ist: {accounts}.',
    'Geben Sie die wartende Zeile frei, damit der Name frei wird; oder geben Sie der neuen Person einen anderen.',
  ],
  'merge-needs-decision': [
    'Ein Konto kann dieselbe Person sein wie dieser Eintrag; das entscheidet ein Mensch.',
    'Sehen Sie das Paar in der zurückgehaltenen Liste an; geben Sie es frei oder lehnen Sie es ab.',
  ],
  merged: ['Das Konto {account} gehört jetzt zum Eintrag {dn}.', NOTHING],
  'relink-needs-decision': [
    'Benutzername {username} und Adresse {address} gehören dem Konto {account}, das mit einem Eintrag verknüpft ist, den es nicht mehr gibt.',
    'Sehen Sie das Paar in der zurückgehaltenen Liste an; geben Sie es frei oder lehnen Sie es ab.',
  ],
  relinked: ['Das Konto {account} gehört jetzt zum Eintrag {dn}, wie jemand entschieden hat.', NOTHING],
  'address-belongs-to-another': [
    'Die Adresse {address} gehört einem anderen Konto ({account}).',
    'Ändern Sie die Adresse bei einem von beiden.',
  ],
  'domain-not-allowed': [
    'Die Adresse {address} ist in keiner der Domänen von Accounts_AllowedDomainsList; es wird kein Benutzer angelegt.',
    'Ändern Sie die Adresse, oder erlauben Sie die Domäne.',
  ],
  'username-reserved': [
    'Der Benutzername {username} ist vergeben ({by}).',
    'Geben Sie der Person im Verzeichnis einen anderen.',
  ],
  'username-not-allowed': [
    'Der Benutzername {username} passt nicht zu UTF8_User_Names_Validation; niemand wird umbenannt.',
    'Geben Sie der Person einen anderen Benutzernamen, oder ändern Sie die Einstellung.',
  ],
  'membership-unknown': [
    'Das Verzeichnis sagt nicht, ob die Person in der Gruppe ist, deren Mitglieder abgeglichen werden.',
    'Lassen Sie das Dienstkonto die Gruppe und ihre Mitglieder lesen.',
  ],
  'federation-conversion': [
    'Der Eintrag nennt den Heimatserver {server}, und das passt nicht zu dem Konto, das es gibt.',
    'Aus einem Konto dieses Servers wird keines eines anderen: Ändern Sie den Eintrag, oder löschen Sie das Konto.',
  ],
  'federated-not-renamed': [
    'Der Eintrag hat einen anderen Benutzernamen oder Heimatserver, und das Konto gehört einem anderen Server; es bleibt.',
    'Ändern Sie den Eintrag zurück, oder löschen Sie das Konto.',
  ],
  'federated-not-switched': [
    'Das Konto gehört einem anderen Server; kein Abgleich schaltet es ab oder an.',
    'Schalten Sie es von Hand, wenn das nötig ist.',
  ],
} as const satisfies AdviceWords;
