import type { StreamDescriptor } from './messages.ts';

/** Equal for equal streams: the protocol tells streams apart by name and namespace. */
export function getStreamKey({ name, namespace }: StreamDescriptor): string {
  return JSON.stringify([namespace ?? null, name]);
}

/** The stream as a person calls it. */
export function formatStream({ name, namespace }: StreamDescriptor): string {
  return namespace === undefined ? name : `${namespace}.${name}`;
}
