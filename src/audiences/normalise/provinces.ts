/**
 * The full names, folded, of provinces and states that are as often written by their codes, by country and code (ISO 3166-2). Of the US, the codes are
 * the normal form.
 */
const PROVINCES: ReadonlyMap<string, string> = new Map([
  ['ca-ab', 'alberta'],
  ['ca-bc', 'britishcolumbia'],
  ['ca-mb', 'manitoba'],
  ['ca-nb', 'newbrunswick'],
  ['ca-nl', 'newfoundlandandlabrador'],
  ['ca-ns', 'novascotia'],
  ['ca-nt', 'northwestterritories'],
  ['ca-nu', 'nunavut'],
  ['ca-on', 'ontario'],
  ['ca-pe', 'princeedwardisland'],
  ['ca-qc', 'quebec'],
  ['ca-sk', 'saskatchewan'],
  ['ca-yt', 'yukon'],
  ['au-act', 'australiancapitalterritory'],
  ['au-nsw', 'newsouthwales'],
  ['au-nt', 'northernterritory'],
  ['au-qld', 'queensland'],
  ['au-sa', 'southaustralia'],
  ['au-tas', 'tasmania'],
  ['au-vic', 'victoria'],
  ['au-wa', 'westernaustralia'],
]);

/** `ontario` for `on` in `ca`; a name that is none of these codes as it is. */
export function expandProvince(folded: string, country: string): string {
  return PROVINCES.get(`${country}-${folded}`) ?? folded;
}
