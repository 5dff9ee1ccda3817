import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../runtime.ts';

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => setTimeout(ms, undefined, signal === undefined ? {} : { signal }),
};
