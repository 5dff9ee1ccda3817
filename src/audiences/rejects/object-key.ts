import type { StreamDescriptor } from '../../protocol/messages.ts';

/** The platform links to `<bucket_path>/<sync id>/`: that a sync's rejects are there rests on this default. */
export const DEFAULT_PATH_FORMAT = '{sync_id}/{namespace}/{stream_name}/';
export const DEFAULT_FILE_NAME_FORMAT = '{date}_{timestamp}_{part_number}{format_extension}';

export interface KeyFormats {
  readonly bucketPath: string;
  readonly pathFormat: string;
  readonly fileNameFormat: string;
}

export interface KeyValues {
  readonly stream: StreamDescriptor;
  readonly syncId?: number | undefined;
  /** The sync's moment, which dates, times and `{epoch}` tell; it is the same for all objects of a sync. Epoch milliseconds. */
  readonly startedAtMs: number;
  /** The object's moment: `{timestamp}`. Epoch milliseconds. */
  readonly nowMs: number;
  /** Counts the objects of a process. */
  readonly partNumber: number;
  /** No other process has it. All are of one length. */
  readonly processTag: string;
  readonly uuid: string;
  /** With its dot. */
  readonly extension: string;
}

/** `{name}`, `{date:yyyy_MM}`, and the older `${NAME}`. */
const VARIABLE = /\$?\{([a-z_]+)(?::([^{}]*))?\}/gi;
/** The file's ending, after which nothing may be added. */
const ENDING = /(?:\$?\{format_extension\}|(?:\.[A-Za-z0-9]+)+)?$/i;
/** A part's number that no digit stands before, so that it can be told from what does. */
const LAST_PART_NUMBER = /[^0-9}$]\$?\{part_number\}$/i;
const MAX_NAME_CHARS = 100;

/**
 * The key of one object. Variables and their forms are those of Airbyte's own object storage destinations; an unknown variable stays as it is written.
 * Whatever the formats are, two objects of a sync never share a key, nor do those of two processes.
 * https://docs.airbyte.com/integrations/destinations/s3
 */
export function formatObjectKey({ bucketPath, pathFormat, fileNameFormat }: KeyFormats, values: KeyValues): string {
  const format = makeUnique(`${bucketPath}/${pathFormat}`, fileNameFormat);
  const fields = readFields(values);
  const key = format.replace(VARIABLE, (whole: string, name: string, pattern: string | undefined) => {
    const variable = name.toLowerCase();
    if (pattern !== undefined) return variable === 'date' ? formatDate(values.startedAtMs, pattern) : whole;
    return fields.get(variable) ?? whole;
  });
  return joinKey(key);
}

/** Empty segments fall out, and those of dots, which much that handles keys as paths takes for steps up. */
export function joinKey(...parts: readonly string[]): string {
  const segments = parts.join('/').split('/');
  return segments.filter((segment) => !['', '.', '..'].includes(segment)).join('/');
}

/** The part's number tells the objects of a process apart, its tag the processes; both stand last, where no other value can run into them. */
function makeUnique(path: string, fileName: string): string {
  const format = `${path}${fileName}`;
  if (hasUuid(format)) return format;
  const stem = format.replace(ENDING, '');
  const part = LAST_PART_NUMBER.test(stem) ? '' : '_{part_number}';
  return `${stem}${part}_{process_tag}${format.slice(stem.length)}`;
}

function hasUuid(format: string): boolean {
  return [...format.matchAll(VARIABLE)].some(([, name, pattern]) => name?.toLowerCase() === 'uuid' && pattern === undefined);
}

function readFields(values: KeyValues): ReadonlyMap<string, string> {
  const { stream, startedAtMs } = values;
  // Airbyte's destinations write milliseconds with four digits.
  const millis = `0${new Date(startedAtMs).toISOString().slice(20, 23)}`;
  const fields = {
    sync_id: values.syncId === undefined ? '' : String(values.syncId),
    namespace: toSafeName(stream.namespace ?? ''),
    stream_name: toSafeName(stream.name),
    year: formatDate(startedAtMs, 'yyyy'),
    month: formatDate(startedAtMs, 'MM'),
    day: formatDate(startedAtMs, 'dd'),
    hour: formatDate(startedAtMs, 'HH'),
    minute: formatDate(startedAtMs, 'mm'),
    second: formatDate(startedAtMs, 'ss'),
    millis,
    millisecond: millis,
    epoch: String(startedAtMs),
    date: formatDate(startedAtMs, 'yyyy_MM_dd'),
    timestamp: String(values.nowMs),
    part_number: String(values.partNumber),
    process_tag: values.processTag,
    uuid: values.uuid,
    format_extension: values.extension,
  };
  return new Map(Object.entries(fields));
}

/** In UTC. */
function formatDate(ms: number, pattern: string): string {
  const [yyyy = '', MM = '', dd = '', HH = '', mm = '', ss = ''] = new Date(ms).toISOString().split(/[-T:.]/);
  const parts: Readonly<Record<string, string>> = { yyyy, MM, dd, HH, mm, ss };
  return pattern.replace(/yyyy|MM|dd|HH|mm|ss/g, (part) => parts[part] ?? part);
}

/** A name as one segment of a key, of characters that need no care. Two names may come out equal; their objects still have keys of their own. */
function toSafeName(name: string): string {
  const chars = [...name.normalize('NFC')].slice(0, MAX_NAME_CHARS).join('');
  return chars.replace(/[^\p{L}\p{M}\p{N}!\-_.*'()]/gu, '_');
}
