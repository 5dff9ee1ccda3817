import type { MatchKey } from '../keys/match-key.ts';
import type { BirthKey } from './birth-reader.ts';
import { type CellMaker, countryCell, hashedCell, stateCell } from './cell-maker.ts';
import { normaliseCity } from './city.ts';
import { CountryNormaliser } from './country.ts';
import { normaliseEmail } from './email.ts';
import { normaliseExternId } from './extern-id.ts';
import { normaliseGender } from './gender.ts';
import { type HashText, hashText } from './hash-cache.ts';
import { normaliseMadid } from './madid.ts';
import { normaliseInitial, normaliseName } from './name.ts';
import { PhoneNormaliser, type PhoneOptions } from './phone.ts';
import { normaliseZip } from './zip.ts';

/** Keys whose cell is made of one column's text, and stays blank where that can not be used. */
export type TextKey = Exclude<MatchKey, BirthKey | 'PAGEUID' | 'APPUID' | 'LOOKALIKE_VALUE'>;

/** How each key's cells are made. `cachedHash` is for keys with few values. */
export function createCellMakers(options: PhoneOptions, cachedHash: HashText): { readonly [K in TextKey]: CellMaker } {
  const phones = new PhoneNormaliser(options);
  return {
    EXTERN_ID: normaliseExternId,
    EMAIL: hashedCell(normaliseEmail, hashText),
    PHONE: hashedCell((text, _column, { phoneCountry }) => phones.normalise(text, phoneCountry), hashText),
    MADID: normaliseMadid,
    FN: hashedCell(normaliseName, hashText),
    LN: hashedCell(normaliseName, hashText),
    FI: hashedCell(normaliseInitial, cachedHash),
    GEN: hashedCell(normaliseGender, cachedHash),
    CT: hashedCell(normaliseCity, hashText),
    ST: stateCell(cachedHash),
    ZIP: hashedCell((text, { column }, { data, country }) => {
      return normaliseZip(text, { country, isNumber: typeof data[column] === 'number' });
    }, hashText),
    COUNTRY: countryCell(new CountryNormaliser(), cachedHash),
  };
}
