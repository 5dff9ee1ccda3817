import { pino } from 'pino';
import type { Log, LogFields } from '../runtime.ts';

export type LogThreshold = 'debug' | 'info' | 'warn' | 'error';

export interface AirbyteLogOptions {
  readonly threshold: LogThreshold;
  /** Takes an entry as JSON, `{"level":"INFO","message":"…"}`. */
  readonly write: (entry: string) => void;
}

/** A log whose entries are the payload of Airbyte's LOG messages. Fields travel beside the message, in `fields`; the platform shows the message alone. */
export function createAirbyteLog({ threshold, write }: AirbyteLogOptions): Log {
  const logger = pino(
    {
      level: threshold,
      base: null,
      timestamp: false,
      messageKey: 'message',
      nestedKey: 'fields',
      formatters: { level: (label) => ({ level: label.toUpperCase() }) },
    },
    { write },
  );
  const at = (level: LogThreshold) => (message: string, fields?: LogFields) => {
    if (fields === undefined) logger[level](message);
    else logger[level](fields, message);
  };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** The platform sends `LOG_LEVEL` in small letters or capitals, in the words of Python or of Java; what is unknown means `info`. */
export function parseLogThreshold(level: string | undefined): LogThreshold {
  switch (level?.trim().toLowerCase()) {
    case 'trace':
    case 'debug':
      return 'debug';
    case 'warn':
    case 'warning':
      return 'warn';
    case 'error':
    case 'fatal':
    case 'critical':
      return 'error';
    default:
      return 'info';
  }
}
