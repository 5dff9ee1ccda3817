import { findMonth } from './month-names.ts';
import { BLANK, type Blank } from './normal-form.ts';

/** As written, not yet checked. */
export interface WrittenDate {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

/** 1997-02-16, 1997/2/16, with or without a time of day: the day is that of the text, in whatever zone. */
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ].*)?$/s;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
/** 2/16/1997 or 16.02.1997. */
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ].*)?$/s;
/** 16 Feb 1997, 16-Feb-1997, 16th of February, 1997. */
const DAY_NAME_YEAR = /^(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ -]?([a-z]{3,9})\.?,?[ -]?(\d{4})$/i;
/** February 16, 1997. */
const NAME_DAY_YEAR = /^([a-z]{3,9})\.? ?(\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i;
const MONTHS = 12;

/** Takes a full date apart. Where day and month could be either, only a day above 12 tells them apart: `03/04/1997` is no date that can be used. */
export function splitBirthDate(text: string): WrittenDate | Blank {
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) return { year: yearFirst[1] ?? '', month: yearFirst[3] ?? '', day: yearFirst[4] ?? '' };
  const compact = COMPACT.exec(text);
  if (compact !== null) return { year: compact[1] ?? '', month: compact[2] ?? '', day: compact[3] ?? '' };
  const yearLast = YEAR_LAST.exec(text);
  if (yearLast !== null) return tellApart(yearLast[1] ?? '', yearLast[3] ?? '', yearLast[4] ?? '');
  return splitNamedDate(text);
}

function tellApart(first: string, second: string, year: string): WrittenDate | Blank {
  if (Number(first) > MONTHS) return { year, month: second, day: first };
  if (Number(second) > MONTHS || Number(first) === Number(second)) return { year, month: first, day: second };
  return BLANK.ambiguous_date;
}

function splitNamedDate(text: string): WrittenDate | Blank {
  const dayFirst = DAY_NAME_YEAR.exec(text);
  const nameFirst = NAME_DAY_YEAR.exec(text);
  const month = findMonth(dayFirst?.[2] ?? nameFirst?.[1] ?? '');
  if (month === undefined) return BLANK.malformed;
  return { year: dayFirst?.[3] ?? nameFirst?.[3] ?? '', month, day: dayFirst?.[1] ?? nameFirst?.[2] ?? '' };
}
