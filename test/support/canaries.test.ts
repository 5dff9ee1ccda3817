import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { findLeaks } from './canaries.ts';

const CANARIES = { key: 'wJcanary/K7MDENG+bPx "RfiCYzEXA' };
const { key } = CANARIES;
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('findLeaks', () => {
  it.each([
    ['as it is', `GET ?key=${key}!`],
    ['in other letters', key.toUpperCase()],
    ['as a beginning', `{"token":"${key.slice(0, 19)}`],
    ['as an end', `${key.slice(-19)}"}`],
    ['backwards', [...key].reverse().join('')],
    ['in hex', Buffer.from(`a${key}b`).toString('hex').toUpperCase()],
    ['URL-encoded', encodeURIComponent(key)],
    ['URL-encoded with small digits', encodeURIComponent(key).toLowerCase()],
    ['URL-encoded twice', encodeURIComponent(encodeURIComponent(key))],
    ['as in a form', new URLSearchParams({ key }).toString()],
    ['as JSON', JSON.stringify({ key })],
    ['as JSON in JSON', JSON.stringify({ text: JSON.stringify({ key }) })],
    ['in base64', base64(key)],
    ['in base64, one byte in', base64(`:${key}:`)],
    ['in base64, two bytes in', base64(`Basic ${key} of two`)],
    ['in base64url', Buffer.from(`${key}`).toString('base64url')],
  ])('finds a canary %s', (_form, text) => {
    expect(findLeaks(`before ${text} after`, CANARIES)).not.toEqual([]);
  });

  it('finds none in what only resembles it, and names each that it finds', () => {
    expect(findLeaks(`wJcanary ${key.slice(0, 12)} ${gzipSync(key).toString('latin1')}`, CANARIES)).toEqual([]);
    expect(findLeaks('a person@example.org', { address: 'person@example.org' })[0]).toBe('address, as it is');
  });

  it('passes over the message that holds a config, and over no other line', () => {
    const control = `{"type":"CONTROL","control":{"config":{"key":"${key}"}}}`;
    expect(findLeaks(`{"type":"LOG"}\n${control}\n`, CANARIES)).toEqual([]);
    expect(findLeaks(`${control}\n{"type":"LOG","text":"${key}"}\n`, CANARIES)).not.toEqual([]);
  });
});
