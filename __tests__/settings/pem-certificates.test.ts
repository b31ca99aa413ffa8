import { createCertificates, type Certificates } from '../../dev/certificates.js';
import { isCertificate, toPemBlocks } from '../../lib/settings/pem-certificates.js';

let certificates: Certificates;
beforeAll(() => (certificates = createCertificates()));
afterAll(() => certificates.remove());

const indent = (text: string, by: string) => text.replace(/^/gm, by);
const bodyOf = (pem: string) => pem.replace(/-----[^-]+-----/g, '').replace(/\s/g, '');

/** Ways in which people paste a PEM text. */
const WAYS: Readonly<Record<string, (pem: string) => string>> = {
  'as it is': (pem) => pem,
  'with \\n as two characters': (pem) => pem.trim().replaceAll('\n', '\\n'),
  'with \\r\\n as characters': (pem) => pem.replaceAll('\n', '\\r\\n'),
  'with \\\\n, escaped twice': (pem) => pem.trim().replaceAll('\n', '\\\\n'),
  'with CRLF': (pem) => pem.replaceAll('\n', '\r\n'),
  'with CR alone': (pem) => pem.replaceAll('\n', '\r'),
  'indented as in YAML': (pem) => indent(pem, '      '),
  'indented by tabs': (pem) => indent(pem, '\t'),
  'on one line': (pem) => pem.replaceAll('\n', ' '),
  'without any blank': (pem) => pem.replaceAll('\n', ''),
  'in double quotes': (pem) => JSON.stringify(pem),
  'in single quotes': (pem) => `'${pem}'`,
  'quoted line by line, joined by +': (pem) =>
    pem
      .trim()
      .split('\n')
      .map((line) => `"${line}\\n"`)
      .join(' +\n'),
  'quoted as in a mail': (pem) => indent(pem, '> '),
  'with a text around it': (pem) => `subject=CN = Test --- authority\nissuer=…\n${pem}\nThat was all.`,
  'with other blocks around it': (pem) =>
    `-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${pem}-----BEGIN CRL-----\nAA\n-----END CRL-----`,
  'with a byte order mark and odd blanks': (pem) => `\ufeff${pem.replaceAll('\n', '\u00a0\n\u200b')}`,
  'with the dashes of a word processor': (pem) => pem.replaceAll('--', '—'),
  'URL-encoded': (pem) => encodeURIComponent(pem),
  'form-encoded': (pem) => new URLSearchParams({ x: pem }).toString().slice(2),
  'as openssl writes a trusted one': (pem) => pem.replaceAll('CERTIFICATE', 'X509 CERTIFICATE'),
  'without its marks': (pem) => bodyOf(pem),
};

describe('a certificate', () => {
  it.each(Object.keys(WAYS))('is read %s', (way) => {
    const pasted = WAYS[way]?.(certificates.caText) ?? '';
    const blocks = toPemBlocks(pasted);
    expect(blocks.map(bodyOf)).toEqual([bodyOf(certificates.caText)]);
    expect(blocks.every(isCertificate)).toBe(true);
  });

  it('is read beside others', () => {
    const chain = `${certificates.caText}${certificates.strangerCaText}`;
    for (const pasted of [chain, chain.replaceAll('\n', '\\n'), chain.replaceAll('\n', '')])
      expect(toPemBlocks(pasted).map(bodyOf)).toEqual([
        bodyOf(certificates.caText),
        bodyOf(certificates.strangerCaText),
      ]);
  });

  it.each([
    '',
    'not a certificate',
    '-----BEGIN CERTIFICATE-----',
    '-----END CERTIFICATE-----',
    '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----',
  ])('is not seen in %j', (text) => {
    expect(toPemBlocks(text)).toEqual([]);
  });

  it('is looked for in time that grows with the text alone', () => {
    for (const piece of ['-----BEGIN CERTIFICATE-----', '-----', '-', '"+', '"'])
      expect(toPemBlocks(piece.repeat(Math.ceil(1_000_000 / piece.length))).some(isCertificate)).toBe(false);
  });
});
