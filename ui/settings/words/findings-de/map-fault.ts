/** Why a map in JSON cannot be read; it continues a sentence about the setting. */
export const MAP_FAULT =
  '[ ist {length} Zeichen lang; höchstens {longest} werden gelesen][ ist kein {text}][ ist kein Objekt von {object}][ ist tiefer als {levels} Ebenen verschachtelt][ hat {entries} Einträge; höchstens {most} werden gelesen]';
