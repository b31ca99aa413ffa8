import type { Evidence } from '../api/settings-answers.js';
import { Text } from '../shown/text.js';
import { useServerTexts } from './server-texts.js';

/** What was seen, in the reader's language where its codes are known. */
export function EvidenceText({ evidence }: { readonly evidence: Evidence }) {
  const { text, lang } = useServerTexts().seen(evidence);
  return <Text value={text} lang={lang} />;
}
