import { ConnectorError } from '../../protocol/connector-error.ts';

/**
 * A date of the config in epoch milliseconds; undefined for none. The config's pattern lets days through that no calendar has: for these, throws a
 * `ConnectorError` (config_error) that names the property.
 */
export function parseConfigDate(property: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) {
    throw new ConnectorError(`${property} is not a date of the calendar: write it as YYYY-MM-DDTHH:mm:ssZ.`, {
      failureType: 'config_error',
    });
  }
  return ms;
}
