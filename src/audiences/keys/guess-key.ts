import type { ColumnRole } from './match-key.ts';

/** Names of columns, in lower case and without separators, by what they are mapped to. */
const NAMES: Readonly<Record<ColumnRole, string>> = {
  EXTERN_ID: 'externid externalid externaluserid externalcustomerid',
  EMAIL: 'email em emails emailid emailaddr emailaddress primaryemail personalemail workemail',
  PHONE: 'phone ph phones mobile mobilephone cell cellphone tel telephone msisdn primaryphone workphone',
  MADID: `madid maid mobileadid mobileadvertiserid mobileadvertisingid advertisingid idfa gaid aaid
    googleadid googleadvertisingid androidadid androidadvertisingid appleadid deviceadid`,
  FN: 'fn fname firstname givenname forename',
  LN: 'ln lname lastname surname familyname',
  FI: 'fi finitial firstinitial firstnameinitial',
  GEN: 'gen gender sex',
  DOBY: 'doby birthyear yearofbirth yob',
  DOBM: 'dobm birthmonth monthofbirth',
  DOBD: 'dobd dayofbirth',
  DOB: 'dob dateofbirth birthdate birthday bday',
  CT: 'ct city cityname town locality',
  ST: `st state statecode statename stateprovince stateorprovince
    province provincecode provincename region regioncode regionname`,
  ZIP: 'zip zp zipcode zip5 postal postalcode postcode',
  COUNTRY: 'country countrycode countryname countryiso countryiso2 countryiso3 isocountry isocountrycode countryofresidence',
  PAGEUID: 'pageuid pagescopedid pagescopeduserid',
  APPUID: 'appuid appscopedid appscopeduserid',
  LOOKALIKE_VALUE: 'lookalikevalue value ltv clv lifetimevalue customervalue customerlifetimevalue',
};

/** Whose the column is: `billing_email` is an e-mail address as any other. Not before a state, which would as often be that of an order. */
const OWNER = /^(?:customer|client|user|contact|member|person|billing|shipping|mailing|home)/;
const OWNED: ReadonlySet<ColumnRole> = new Set(['EMAIL', 'PHONE', 'FN', 'LN', 'GEN', 'DOB', 'CT', 'ZIP', 'COUNTRY']);
const PHONE_NUMBER = /(?:number|num|no)$/;
/** As in Meta's older name of a key, EMAIL_SHA256. MD5 is no hash that Meta takes. */
const HASH_WORDS = /^(?:hashed|sha256)|(?:hashed|hash|sha256)$/g;
const SEPARATORS = /[^\p{L}\p{N}]+/gu;
/** Joined, it could not be told from a birthday. */
const BIRTH_DAY = /^birth[^a-z]+day$/i;

const ROLES: ReadonlyMap<string, ColumnRole> = new Map(
  (Object.keys(NAMES) as ColumnRole[]).flatMap((role) => NAMES[role].split(/\s+/).map((name) => [name, role] as const)),
);

/**
 * What a column probably holds, by its name in any case and with any separators: `e_mail`, `FirstName`, `Postal Code`, Meta's own keys, and those of its
 * short ones that mean nothing else. An `id` of any kind but an external one is never taken for EXTERN_ID: in a list that also comes from elsewhere it would
 * make strangers one person.
 */
export function guessRole(column: string): ColumnRole | undefined {
  if (BIRTH_DAY.test(column.trim())) return 'DOBD';
  const name = column.toLowerCase().replace(SEPARATORS, '').replace(HASH_WORDS, '');
  return ROLES.get(name) ?? guessLonger(name);
}

function guessLonger(name: string): ColumnRole | undefined {
  const bare = name.replace(OWNER, '');
  const role = ROLES.get(bare);
  if (role !== undefined) return OWNED.has(role) ? role : undefined;
  return ROLES.get(bare.replace(PHONE_NUMBER, '')) === 'PHONE' ? 'PHONE' : undefined;
}
