/**
 * How much is taken from a server. What exceeds a limit of a value or of an entry is left out and said to be
 * missing, which makes the entry a row of the report; what exceeds a limit of a message ends the sweep.
 */
export const LIMITS = {
  /** One message. A group of 200,000 members with DNs of 200 bytes has 40 MB. */
  messageBytes: 64 * 1024 * 1024,
  /** A message that is no entry: a result, with its text, its referrals and its controls. */
  resultBytes: 1024 * 1024,
  /** Results of one request. One is right; a notice of disconnection may come beside it. */
  resultsOfRequest: 8,
  dnBytes: 64 * 1024,
  /** The name of an attribute, options included. A longer one was not asked for. */
  nameBytes: 512,
  /** One value. No mapped attribute or photo is near it. */
  valueBytes: 12 * 1024 * 1024,
  /** Values of one attribute that is not sliced. */
  values: 1_000,
  /** What the kept values of an entry take in memory. */
  entryBytes: 16 * 1024 * 1024,
  /** Forms of the wanted attributes with options that were not asked for, such as `mail;lang-en`. */
  optionForms: 64,
  /** A sliced attribute is handed on when it has so many values, or bytes. */
  sliceValues: 1_000,
  sliceBytes: 1024 * 1024,
  /** So much of a message is looked through for references; what comes behind is passed over. */
  referenceBytes: 64 * 1024,
  /** Enough to tell an administrator where the rest is. */
  references: 3,
  /** URLs that are read of one reference, to know whether all lead where no people are. */
  urlsOfReference: 8,
  controls: 100,
  /** So much of a text is looked at. */
  textBytes: 1_024,
  /** The cost of an object without its content, in bytes; a page counts these too. */
  entryOverhead: 512,
  valueOverhead: 128,
} as const;
