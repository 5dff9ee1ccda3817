import { describe, expect, it } from 'vitest';
import { isIdentifierInvalidByChance } from '../../../src/emulator/audiences/row-chance.ts';
import { createAudienceCaller, email, emails, hash, manyNames, session } from './audience-caller.ts';

const good = hash('good');

describe('an invalid row', () => {
  it.each<[string, readonly string[], readonly unknown[]]>([
    ['a hash in upper case', ['EMAIL'], [good.toUpperCase()]],
    ['63 digits', ['EMAIL'], [good.slice(1)]],
    ['65 digits', ['EMAIL'], [`${good}0`]],
    ['another digest', ['PHONE'], ['d41d8cd98f00b204e9800998ecf8427e']],
    ['plain text', ['EMAIL'], ['mary@example.com']],
    ['plain text beside a good hash', ['EMAIL', 'FN'], [good, 'mary']],
    ['64 letters outside of the alphabet of hashes', ['EMAIL'], ['é'.repeat(64)]],
    ['null', ['EMAIL'], [null]],
    ['a number', ['ZIP', 'EMAIL'], [94035, good]],
    ['nothing at all', ['EMAIL', 'FN'], ['', '']],
    ['nothing but a mobile id that is none', ['MADID'], ['6d92078a82464ba4ae5b76104861e7dc']],
    ['a page id with letters', ['PAGEUID'], ['12a']],
    ['options that are a text', ['EMAIL', 'DATA_PROCESSING_OPTIONS'], [good, 'LDU']],
    ['other options', ['EMAIL', 'DATA_PROCESSING_OPTIONS'], [good, ['CCPA']]],
    ['a country by name', ['EMAIL', 'DATA_PROCESSING_OPTIONS', 'DATA_PROCESSING_OPTIONS_COUNTRY'], [good, ['LDU'], 'US']],
    ['the country 2', ['EMAIL', 'DATA_PROCESSING_OPTIONS', 'DATA_PROCESSING_OPTIONS_COUNTRY'], [good, ['LDU'], 2]],
    ['the state 12', ['EMAIL', 'DATA_PROCESSING_OPTIONS', 'DATA_PROCESSING_OPTIONS_STATE'], [good, ['LDU'], 12]],
    ['options alone', ['EMAIL', 'DATA_PROCESSING_OPTIONS'], ['', ['LDU']]],
  ])('has %s: it is dropped, shown and counted, and the others are applied', async (_, schema, row) => {
    const { create, add, members } = createAudienceCaller();
    const id = await create();
    const other = schema.map((key) => (key === 'DATA_PROCESSING_OPTIONS' ? [] : ''));
    const fine = [good, ...other];
    const upload = { schema: ['CT', ...schema], is_raw: true, page_ids: ['1'], data: [fine, ['', ...row]] };
    const body = await add(id, upload, session(1));
    expect(body).toMatchObject({ num_received: 2, num_invalid_entries: 1 });
    expect(Object.keys(body.invalid_entry_samples)).toEqual([JSON.stringify(['', ...row])]);
    expect(members(id)).toEqual([`CT:${good}`]);
  });

  it.each<[string, readonly string[], readonly unknown[]]>([
    ['blank cells beside a good one', ['EMAIL', 'FN', 'MADID', 'COUNTRY'], [good, '', '', '']],
    ['limits as numbers', ['EMAIL', 'DATA_PROCESSING_OPTIONS', 'DATA_PROCESSING_OPTIONS_COUNTRY'], [good, ['LDU'], 0]],
    [
      'limits as texts or blank',
      ['EMAIL', 'DATA_PROCESSING_OPTIONS_STATE', 'DATA_PROCESSING_OPTIONS_COUNTRY'],
      [good, '1000', ''],
    ],
    ['an id of one’s own as a number', ['EXTERN_ID'], [12]],
    ['an id of one’s own in plain text', ['EXTERN_ID'], ['customer 12']],
  ])('is not one with %s', async (_, schema, row) => {
    const { create, add } = createAudienceCaller();
    expect((await add(await create(), { schema, data: [row] })).num_invalid_entries).toBe(0);
  });

  it.each([-1, '5', null, '', true])('has the value %j', async (value) => {
    const { create, add } = createAudienceCaller();
    const id = await create({ is_value_based: '1' });
    const upload = {
      schema: ['EMAIL', 'LOOKALIKE_VALUE'],
      data: [
        [good, value],
        [hash('zero'), 0],
      ],
    };
    expect(await add(id, upload)).toMatchObject({
      num_invalid_entries: 1,
      invalid_entry_samples: { [JSON.stringify([good, value])]: 'invalid LOOKALIKE_VALUE' },
    });
  });

  it('has no id of its own where the schema has that key, and says so', async () => {
    const { create, add, members } = createAudienceCaller();
    const id = await create();
    const row = ['', hash('a')];
    const body = await add(id, { schema: ['EXTERN_ID', 'EMAIL'], data: [['1', hash('b')], row] });
    expect(body.invalid_entry_samples).toEqual({ [JSON.stringify(row)]: 'empty external ID' });
    expect(members(id)).toEqual([`EMAIL:${hash('b')} EXTERN_ID:1`]);
  });

  it('has an identifier from a list', async () => {
    const { create, add, members } = createAudienceCaller({ invalidIdentifiers: [hash('a'), '7'] });
    const id = await create();
    const body = await add(id, emails('a', 'b'));
    expect(body.invalid_entry_samples).toEqual({ [JSON.stringify([hash('a')])]: 'invalid identifier' });
    expect((await add(id, { schema: ['EXTERN_ID'], data: [['7'], ['8']] })).num_invalid_entries).toBe(1);
    expect(members(id)).toEqual([email('b'), 'EXTERN_ID:8']);
  });

  it('is drawn by chance at the rate asked for, and the same each time', async () => {
    const { create, add, members } = createAudienceCaller({ invalidRowsPercent: 10 });
    const id = await create();
    const names = manyNames(1_000);
    const unlucky = names.filter((name) => isIdentifierInvalidByChance(hash(name), 10));
    expect(unlucky.length).toBeGreaterThan(60);
    expect(unlucky.length).toBeLessThan(140);
    expect((await add(id, emails(...names))).num_invalid_entries).toBe(unlucky.length);
    expect((await add(id, emails(...unlucky))).num_invalid_entries).toBe(unlucky.length);
    expect(members(id)).toEqual(names.filter((name) => !unlucky.includes(name)).map(email));
  });
});

describe('samples of invalid rows', () => {
  const upload = { schema: ['EMAIL'], data: [['x'], ['y'], ['x'], [good]] };

  it.each([
    ['map', { '["x"]': 'invalid EMAIL', '["y"]': 'invalid EMAIL' }],
    ['array', ['["x"]', '["y"]']],
    ['empty_array', []],
    ['empty_object', {}],
    ['absent', undefined],
  ] as const)('come as %s, two equal rows as one', async (invalidSamplesShape, samples) => {
    const { create, add } = createAudienceCaller({ invalidSamplesShape });
    const body = await add(await create(), upload);
    expect(body.num_invalid_entries).toBe(3);
    expect(body.invalid_entry_samples).toEqual(samples);
  });

  it('are empty in the same shape where no row is invalid', async () => {
    const { create, add, emulator } = createAudienceCaller();
    const id = await create();
    expect((await add(id, emails('a'))).invalid_entry_samples).toEqual({});
    emulator.configure({ invalidSamplesShape: 'array' });
    expect((await add(id, emails('a'))).invalid_entry_samples).toEqual([]);
  });

  it('are a hundred at most, or fewer', async () => {
    const { create, add, emulator } = createAudienceCaller();
    const id = await create();
    const many = { schema: ['EMAIL'], data: Array.from({ length: 250 }, (_, at) => [`bad ${at}`]) };
    const count = async () => Object.keys((await add(id, many)).invalid_entry_samples).length;
    expect(await count()).toBe(100);
    emulator.configure({ maximumInvalidSamples: 3 });
    expect(await count()).toBe(3);
    expect((await add(id, many)).num_invalid_entries).toBe(250);
  });
});
