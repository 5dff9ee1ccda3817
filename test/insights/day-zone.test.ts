import { describe, expect, it } from 'vitest';
import { chooseZone, dayOf } from '../../src/insights/day-zone.ts';

const at = (time: string) => Date.parse(time);

describe('dayOf', () => {
  it('is the day of the account, which can be another one than that of UTC', () => {
    expect(dayOf(at('2026-06-15T10:30:00Z'), 'Pacific/Pago_Pago')).toBe('2026-06-14');
    expect(dayOf(at('2026-06-15T10:30:00Z'), 'Pacific/Kiritimati')).toBe('2026-06-16');
    expect(dayOf(at('2026-06-15T10:30:00Z'), 'UTC')).toBe('2026-06-15');
  });

  it('changes at the midnight of the zone, before and after the clocks change', () => {
    const zone = 'America/Los_Angeles';
    expect(dayOf(at('2026-03-08T07:59:59Z'), zone)).toBe('2026-03-07');
    expect(dayOf(at('2026-03-08T08:00:00Z'), zone)).toBe('2026-03-08');
    expect(dayOf(at('2026-03-09T06:59:59Z'), zone)).toBe('2026-03-08');
    expect(dayOf(at('2026-03-09T07:00:00Z'), zone)).toBe('2026-03-09');
    expect(dayOf(at('2026-11-02T07:59:59Z'), zone)).toBe('2026-11-01');
    expect(dayOf(at('2026-11-02T08:00:00Z'), zone)).toBe('2026-11-02');
  });

  it('is right where a day has no midnight', () => {
    expect(dayOf(at('2025-09-07T03:59:59Z'), 'America/Santiago')).toBe('2025-09-06');
    expect(dayOf(at('2025-09-07T04:00:00Z'), 'America/Santiago')).toBe('2025-09-07');
  });

  it('refuses a zone that nobody knows', () => {
    expect(() => dayOf(0, 'Mars/Olympus_Mons')).toThrow(RangeError);
  });
});

describe('chooseZone', () => {
  it('takes the name before the offset', () => expect(chooseZone('Europe/Paris', -8)).toBe('Europe/Paris'));

  it.each([
    ['Mars/Olympus_Mons', 14, '2026-06-16'],
    [undefined, -11, '2026-06-14'],
    [undefined, 5.75, '2026-06-15'],
    [undefined, undefined, '2026-06-15'],
    [7, 'x', '2026-06-15'],
    ['', 99, '2026-06-15'],
  ])('makes a zone of %s and %s that dayOf understands', (name, offset, day) => {
    expect(dayOf(at('2026-06-15T10:30:00Z'), chooseZone(name, offset))).toBe(day);
  });
});
