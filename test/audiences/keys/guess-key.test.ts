import { describe, expect, it } from 'vitest';
import { guessRole } from '../../../src/audiences/keys/guess-key.ts';
import { MATCH_KEYS } from '../../../src/audiences/keys/match-key.ts';

const GUESSES: Readonly<Record<string, string>> = {
  EMAIL: 'email E-Mail e_mail emailAddress email_address primary_email billing.email em EMAIL_SHA256 hashed_email sha256_email',
  PHONE:
    'phone Phone_Number mobile_phone MobilePhone telephone customer_phone mobile_number home_phone_no ph phone_sha256 msisdn',
  FN: 'first_name FirstName fname given_name fn billing_first_name',
  LN: 'surname last-name lname FAMILY_NAME ln',
  FI: 'first_initial fi',
  GEN: 'gender sex gen',
  DOB: 'dob date_of_birth birthday birth_date BirthDate',
  DOBY: 'birth_year yearOfBirth doby',
  DOBM: 'birth_month dobm',
  DOBD: 'birth_day day_of_birth dobd',
  ZIP: 'zip zip_code postal_code Postcode PostalCode zp shipping_zip',
  COUNTRY: 'country country_code Country-ISO billing_country',
  ST: 'state province region st state_code',
  CT: 'city town ct shipping_city',
  MADID: 'madid IDFA gaid aaid advertising_id mobile_advertiser_id maid',
  EXTERN_ID: 'external_id extern_id externalId EXTERN_ID external_user_id',
  PAGEUID: 'pageuid page_scoped_user_id',
  APPUID: 'APPUID app_scoped_id',
  LOOKALIKE_VALUE: 'value lookalike_value ltv lifetime_value customer_value',
};

describe('guessRole', () => {
  it.each(Object.entries(GUESSES))('takes for %s the columns %s', (role, names) => {
    for (const name of names.split(' ')) expect([name, guessRole(name)]).toEqual([name, role]);
  });

  it("knows Meta's own keys in any case", () => {
    for (const key of MATCH_KEYS) {
      expect(guessRole(key)).toBe(key);
      expect(guessRole(key.toLowerCase())).toBe(key);
    }
  });

  it('takes names with spaces', () => {
    expect(guessRole(' Postal Code ')).toBe('ZIP');
    expect(guessRole('First Name')).toBe('FN');
  });

  it('takes no id but an external one for EXTERN_ID', () => {
    for (const name of ['id', 'user_id', 'customer_id', 'ID', 'uuid', 'contact_id', 'account_id'])
      expect(guessRole(name)).toBeUndefined();
  });

  it('leaves alone what could mean something else', () => {
    const names = [
      'order_state',
      'user_state',
      'db',
      'ge',
      'name',
      'full_name',
      'created_at',
      'email_opt_in',
      'phone_type',
      'email_md5',
      'order_value',
    ];
    for (const name of [...names, '', '-', '東京', 'constructor', '__proto__', 'toString'])
      expect(guessRole(name)).toBeUndefined();
  });
});
