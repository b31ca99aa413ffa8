const TOO_LONG = '[ is {length} characters long; at most {longest} are read]';
const WRONG = '[ is not {text}][ is not an object of {object}][ is nested deeper than {levels} levels]';
const TOO_MANY = '[ has {entries} entries; at most {most} are read]';

/** Why a map in JSON cannot be read; it continues a sentence about the setting, and only one of the parts has values. */
export const MAP_FAULT = `${TOO_LONG}${WRONG}${TOO_MANY}` as const;
