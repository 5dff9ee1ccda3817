import { dropFloatTail } from './float-tail.ts';
import { findMonth } from './month-names.ts';
import { BLANK, type NormalForm } from './normal-form.ts';

const FIRST_YEAR = 1900;
const MONTHS = 12;
const DAYS = 31;
const SHORTEST_MONTH = 28;
const YEAR = /^\d{4}$/;
const ONE_OR_TWO_DIGITS = /^\d{1,2}$/;

/** A year from 1900 to `currentYear`, in four digits. */
export function normaliseBirthYear(given: string, currentYear: number): NormalForm {
  const text = dropFloatTail(given);
  if (!YEAR.test(text)) return BLANK.malformed;
  return Number(text) >= FIRST_YEAR && Number(text) <= currentYear ? text : BLANK.out_of_range;
}

/** A month, by its number or English name, in two digits. */
export function normaliseBirthMonth(text: string): NormalForm {
  return writeTwoDigits(findMonth(text) ?? text, MONTHS);
}

/** A day of a month in two digits. */
export function normaliseBirthDay(text: string): NormalForm {
  return writeTwoDigits(text, DAYS);
}

/** Whether a month has a day; of February 29 it takes the year, where that is known. All three as normal forms, '' where unknown. */
export function isCalendarDay(year: string, month: string, day: string): boolean {
  if (month === '' || Number(day) <= SHORTEST_MONTH) return true;
  // The day before the first of the month after; in a leap year where none is known.
  const last = new Date(Date.UTC(year === '' ? 2000 : Number(year), Number(month), 0)).getUTCDate();
  return Number(day) <= last;
}

function writeTwoDigits(given: string, most: number): NormalForm {
  const text = dropFloatTail(given);
  if (!ONE_OR_TWO_DIGITS.test(text)) return BLANK.malformed;
  return Number(text) >= 1 && Number(text) <= most ? text.padStart(2, '0') : BLANK.out_of_range;
}
