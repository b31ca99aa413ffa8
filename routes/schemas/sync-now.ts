import { z } from 'zod';
import { message } from './basics.js';
import { SETTINGS_DEMAND, settingValues } from './setting-values.js';

export const syncNowAnswer = message('Sync_in_progress');

export const previewSyncBody = z
  .strictObject({ settings: settingValues.optional() })
  .default({})
  .describe(
    'With `settings` a preview of a kind of its own (`trial`) with these in the place of the saved ones; nothing is ' +
      'saved, and no other call joins it. The password is needed where the server, its protection or its account differ.',
  );
export const previewSyncDemand = `The body may have ${SETTINGS_DEMAND}; and nothing else`;
export const previewSyncAnswer = message('Preview_in_progress');
