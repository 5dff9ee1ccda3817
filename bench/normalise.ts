import { performance } from 'node:perf_hooks';
import type { ColumnRole } from '../src/audiences/keys/match-key.ts';
import type { ColumnPlan, RecordData } from '../src/audiences/normalise/normalised-person.ts';
import { PersonNormaliser } from '../src/audiences/normalise/person-normaliser.ts';

/** Microseconds that a row takes from columns to hashed cells, in the best of some rounds: `node bench/normalise.ts [rows of a round]`. */
const ROWS = Number(process.argv[2] ?? 50_000);
const ROUNDS = 20;
const DISTINCT = 20_000;

const CASES: Readonly<Record<string, (index: number) => Record<string, unknown>>> = {
  'ASCII, phones with a plus': (index) => ({
    email: `Mary.Smith${index}@Example${index % 97}.com`,
    phone: `+1650555${String(index % 10_000).padStart(4, '0')}`,
    first_name: 'Mary',
    last_name: `Smith-${(index % 26).toString(36)}`,
    country: 'US',
  }),
  'ASCII, national phones with punctuation': (index) => ({
    email: `mary.smith${index}@example${index % 97}.com`,
    phone: `(650) 555-${String(index % 10_000).padStart(4, '0')}`,
    first_name: 'MARY',
    last_name: "O'Brien",
    country: 'United States',
  }),
  'accents, European phones': (index) => ({
    email: `Valéry.Müller${index}@Exämple.de`,
    phone: `0171 555${String(index % 10_000).padStart(4, '0')}`,
    first_name: 'Valéry',
    last_name: 'Müller-Lüdenscheidt',
    country: 'Deutschland',
  }),
  'all fifteen keys': (index) => ({
    external_id: String(index),
    email: `mary.smith${index}@example${index % 97}.com`,
    phone: `+44 20 7946 ${String(index % 10_000).padStart(4, '0')}`,
    madid: '38400000-8CF0-11BD-B23E-10B96E40000D',
    first_name: 'Mary',
    last_name: 'Smith',
    first_initial: 'M',
    gender: 'Female',
    dob: '1997-02-16',
    city: 'St. Albans',
    state: 'Hertfordshire',
    zip: 'AL1 1AA',
    country: 'GB',
  }),
};

const ROLES: Readonly<Record<string, ColumnRole>> = {
  external_id: 'EXTERN_ID',
  email: 'EMAIL',
  phone: 'PHONE',
  madid: 'MADID',
  first_name: 'FN',
  last_name: 'LN',
  first_initial: 'FI',
  gender: 'GEN',
  dob: 'DOB',
  city: 'CT',
  state: 'ST',
  zip: 'ZIP',
  country: 'COUNTRY',
};

for (const [name, makeRow] of Object.entries(CASES)) {
  const rows = Array.from({ length: DISTINCT }, (_, index) => makeRow(index));
  const columns = Object.keys(rows[0] ?? {}).map(
    (column): ColumnPlan => ({ column, role: ROLES[column] ?? 'FN', hashing: 'auto' }),
  );
  const normaliser = new PersonNormaliser({ columns, currentYear: 2026 });
  const rounds = Array.from({ length: ROUNDS }, () => measure(normaliser, rows));
  const bad = rows.map((row) => normaliser.normalise(row)).filter(({ blanked, reject }) => blanked ?? reject);
  console.log(
    `${Math.min(...rounds)
      .toFixed(2)
      .padStart(6)} µs a row, ${bad.length} bad: ${name}`,
  );
}

function measure(normaliser: PersonNormaliser, rows: readonly RecordData[]): number {
  const start = performance.now();
  for (let index = 0; index < ROWS; index += 1) normaliser.normalise(rows[index % DISTINCT] ?? {});
  return ((performance.now() - start) * 1_000) / ROWS;
}
