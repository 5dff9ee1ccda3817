import { foldToLatin } from './latin-fold.ts';

/**
 * The two letters that ANSI (INCITS 38) and the Postal Service give states, the District of Columbia, territories, freely associated states and the
 * armed forces' post. https://pe.usps.com/text/pub28/28apb.htm
 */
const NAMES: Readonly<Record<string, string>> = {
  al: 'Alabama',
  ak: 'Alaska',
  az: 'Arizona',
  ar: 'Arkansas',
  ca: 'California',
  co: 'Colorado',
  ct: 'Connecticut',
  de: 'Delaware',
  fl: 'Florida',
  ga: 'Georgia',
  hi: 'Hawaii',
  id: 'Idaho',
  il: 'Illinois',
  in: 'Indiana',
  ia: 'Iowa',
  ks: 'Kansas',
  ky: 'Kentucky',
  la: 'Louisiana',
  me: 'Maine',
  md: 'Maryland',
  ma: 'Massachusetts',
  mi: 'Michigan',
  mn: 'Minnesota',
  ms: 'Mississippi',
  mo: 'Missouri',
  mt: 'Montana',
  ne: 'Nebraska',
  nv: 'Nevada',
  nh: 'New Hampshire',
  nj: 'New Jersey',
  nm: 'New Mexico',
  ny: 'New York',
  nc: 'North Carolina',
  nd: 'North Dakota',
  oh: 'Ohio',
  ok: 'Oklahoma',
  or: 'Oregon',
  pa: 'Pennsylvania',
  ri: 'Rhode Island',
  sc: 'South Carolina',
  sd: 'South Dakota',
  tn: 'Tennessee',
  tx: 'Texas',
  ut: 'Utah',
  vt: 'Vermont',
  va: 'Virginia',
  wa: 'Washington',
  wv: 'West Virginia',
  wi: 'Wisconsin',
  wy: 'Wyoming',
  dc: 'District of Columbia',
  as: 'American Samoa',
  gu: 'Guam',
  mp: 'Northern Mariana Islands',
  pr: 'Puerto Rico',
  vi: 'Virgin Islands',
  um: 'Minor Outlying Islands',
  fm: 'Micronesia',
  mh: 'Marshall Islands',
  pw: 'Palau',
  aa: 'Armed Forces Americas',
  ae: 'Armed Forces Europe',
  ap: 'Armed Forces Pacific',
};

/** Other names in use, folded. */
const ALIASES: Readonly<Record<string, string>> = {
  washingtondc: 'dc',
  washingtondistrictofcolumbia: 'dc',
  usvirginislands: 'vi',
  virginislandsus: 'vi',
  virginislandsoftheunitedstates: 'vi',
  commonwealthofpuertorico: 'pr',
  commonwealthofthenorthernmarianaislands: 'mp',
  usminoroutlyingislands: 'um',
  federatedstatesofmicronesia: 'fm',
};

const CODES: ReadonlyMap<string, string> = new Map([
  ...Object.keys(NAMES).map((code) => [code, code] as const),
  ...Object.entries(NAMES).map(([code, name]) => [foldToLatin(name), code] as const),
  ...Object.entries(ALIASES),
]);

/** The code of a US state by its folded name or code: `ny` for `newyork`. */
export function findUsState(folded: string): string | undefined {
  return CODES.get(folded);
}
