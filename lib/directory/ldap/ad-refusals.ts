import { ANONYMOUS, ENCRYPTION_DEMANDED, toAway, toRefusal, type Refusal } from './refusals.js';

const CHANNEL_BINDING = toRefusal('channel-binding-demanded');

/** What Active Directory means by `data …` in the text of a refused bind. */
export const AD_REFUSALS: Readonly<Record<string, Refusal>> = {
  '525': toRefusal('no-such-ad-account'),
  '52b': toRefusal('credentials-wrong'),
  '52e': toRefusal('credentials-wrong'),
  '51f': toAway('controller-missing'),
  '52f': toRefusal('account-restricted'),
  '530': toRefusal('account-not-at-this-time'),
  '531': toRefusal('account-not-from-here'),
  '532': toRefusal('ad-password-expired'),
  '533': toRefusal('account-disabled'),
  '568': toRefusal('account-in-too-many-groups'),
  '569': toRefusal('account-not-over-network'),
  '701': toRefusal('account-over'),
  '773': toRefusal('ad-password-to-change'),
  '774': toAway('controller-missing'),
  '775': toRefusal('account-locked'),
  '78f': toRefusal('forest-forbids'),
  '80090346': CHANNEL_BINDING,
};

/** By the hexadecimal number at the beginning of Active Directory's texts; it goes before the result code. */
export const AD_CODE_REFUSALS: Readonly<Record<string, Refusal>> = {
  '000004dc': ANONYMOUS,
  '00002028': ENCRYPTION_DEMANDED,
  '80090346': CHANNEL_BINDING,
};
