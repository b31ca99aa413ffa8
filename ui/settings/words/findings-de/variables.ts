import type { WordsOf } from '../finding-words.js';
import type { OF_VARIABLES } from '../../../../lib/findings/texts/variables.js';
import { MAP_FAULT } from './map-fault.js';

const MAP = 'LDAP_DataSync_VariableMap';
const AS_IN = 'Schreiben Sie es wie in {example}.';

/** Of what is computed of attributes. */
export const variables: WordsOf<typeof OF_VARIABLES> = {
  'variables-unreadable': [
    `${MAP}${MAP_FAULT}.`,
    'Speichern Sie Variablen wie {example}, oder {none} für keine.',
  ],
  'variable-badly-named': [
    `${MAP}: {variable} hat einen Namen, den keine Variable haben kann.`,
    'Nehmen Sie Buchstaben, Ziffern, _ und -, zuerst einen Buchstaben oder _, und keinen Namen eines Kennworts, eines Schlüssels oder eines Objekts.',
  ],
  'variable-no-object': [`${MAP}: {variable} ist kein Objekt von JSON.`, AS_IN],
  'variable-input-no-text': [
    `${MAP}: {variable} hat ein "input", das kein Text ist.`,
    'Nennen Sie dort Attribute, oder eine Vorlage wie {example}.',
  ],
  'variable-output-no-object': [`${MAP}: {variable} hat ein "output", das kein Objekt von JSON ist.`, AS_IN],
  'variable-twice': [
    `${MAP}: {variable} steht zweimal da, in anderer Groß- und Kleinschreibung.`,
    'Geben Sie jeder Variablen ihren eigenen Namen.',
  ],
  'variable-too-early': [
    `${MAP}: {variable} nimmt {name}, das nicht vorher berechnet wird.`,
    'Ändern Sie die Reihenfolge: Eine Variable sieht die über ihr.',
  ],
  'variable-field-no-text': [
    `${MAP}: {variable} hat "{field}", das kein Text ist.`,
    'Geben Sie als "{field}" einen Text an.',
  ],
  'variable-field-no-number': [
    `${MAP}: {variable} hat "{field}", das keine Zahl ist.`,
    'Geben Sie als "{field}" eine Zahl an.',
  ],
  'variable-field-no-index': [
    `${MAP}: {variable} hat "{field}", das keine ganze Zahl ab 0 ist.`,
    'Geben Sie als "{field}" eine ganze Zahl ab 0 an.',
  ],
  'variable-field-no-flag': [
    `${MAP}: {variable} hat "{field}", das nicht true oder false ist.`,
    'Geben Sie als "{field}" true oder false an.',
  ],
  'variable-field-missing': [
    `${MAP}: {variable} hat kein "{field}".`,
    'Geben Sie ihr als "{field}" einen Text, der nicht leer ist.',
  ],
  'variable-operation-unknown': [
    `${MAP}: {variable} hat die Operation {operation}; die gibt es nicht.`,
    'Nehmen Sie eine von {known}.',
  ],
  'variable-match-gives-nothing': [
    `${MAP}: {variable} sagt nicht, was ein Treffer gibt.`,
    'Geben Sie ihr "valueIfTrue" oder "indexToUse".',
  ],
  'variable-without-replacement': [
    `${MAP}: {variable} hat kein "replacement".`,
    'Geben Sie ihr als "replacement" einen Text; "" nimmt weg, was gefunden wird.',
  ],
  'variable-without-start': [
    `${MAP}: {variable} hat kein "start".`,
    'Geben Sie ihr als "start" eine Zahl; das erste Zeichen hat 0.',
  ],
  'variable-without-fallback': [
    `${MAP}: {variable} hat kein "fallback".`,
    'Geben Sie ihr als "fallback" Attribute oder eine Vorlage.',
  ],
  'variable-pattern-unusable': [
    `${MAP}: {variable} hat ein Muster, das nicht zu gebrauchen ist: {why}.`,
    'Schreiben Sie einen regulären Ausdruck von JavaScript mit höchstens 500 Zeichen, den auch RE2 kennt: ohne Blick nach vorn oder zurück und ohne Rückverweise.',
  ],
};
