import type { FindingTexts } from '../finding-texts.js';
import { MAP_FAULT } from './map-fault.js';

const MAP = 'LDAP_DataSync_VariableMap';
const AS_IN = 'Write it as in {example}.';

/** Of what is computed of attributes. */
export const OF_VARIABLES = {
  'variables-unreadable': [`${MAP}${MAP_FAULT}.`, 'Store variables such as {example}, or {none} for none.'],
  'variable-badly-named': [
    `${MAP}: {variable} has a name that no variable can have.`,
    'Use letters, digits, _ and -, a letter or _ first, and no name of a password, a key or an object.',
  ],
  'variable-no-object': [`${MAP}: {variable} is not an object of JSON.`, AS_IN],
  'variable-input-no-text': [
    `${MAP}: {variable} has an "input" that is not a text.`,
    'Name attributes there, or a template such as {example}.',
  ],
  'variable-output-no-object': [`${MAP}: {variable} has an "output" that is not an object of JSON.`, AS_IN],
  'variable-twice': [
    `${MAP}: {variable} is there twice, in another case.`,
    'Give each variable its own name.',
  ],
  'variable-too-early': [
    `${MAP}: {variable} takes {name}, which is not computed before it.`,
    'Change the order: a variable sees those above it.',
  ],
  'variable-field-no-text': [
    `${MAP}: {variable} has "{field}" that is not a text.`,
    'Give a text as "{field}".',
  ],
  'variable-field-no-number': [
    `${MAP}: {variable} has "{field}" that is not a number.`,
    'Give a number as "{field}".',
  ],
  'variable-field-no-index': [
    `${MAP}: {variable} has "{field}" that is not a whole number from 0.`,
    'Give a whole number from 0 as "{field}".',
  ],
  'variable-field-no-flag': [
    `${MAP}: {variable} has "{field}" that is not true or false.`,
    'Give true or false as "{field}".',
  ],
  'variable-field-missing': [
    `${MAP}: {variable} has no "{field}".`,
    'Give it a text that is not empty as "{field}".',
  ],
  'variable-operation-unknown': [
    `${MAP}: {variable} has the operation {operation}, which is none.`,
    'Use one of {known}.',
  ],
  'variable-match-gives-nothing': [
    `${MAP}: {variable} does not say what a match gives.`,
    'Give it "valueIfTrue" or "indexToUse".',
  ],
  'variable-without-replacement': [
    `${MAP}: {variable} has no "replacement".`,
    'Give it a text as "replacement"; "" takes away what is found.',
  ],
  'variable-without-start': [
    `${MAP}: {variable} has no "start".`,
    'Give it a number as "start"; the first character has 0.',
  ],
  'variable-without-fallback': [
    `${MAP}: {variable} has no "fallback".`,
    'Give it attributes or a template as "fallback".',
  ],
  'variable-pattern-unusable': [`${MAP}: {variable} has a pattern that {why}.`, '{todo}'],
} as const satisfies FindingTexts;
