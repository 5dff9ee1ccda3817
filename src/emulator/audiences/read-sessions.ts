import type { EdgeRoute } from '../route.ts';
import { writeJson } from '../world/json-text.ts';

/** `GET /{audience}/sessions`: every value is a text, and long after an upload Meta still calls it uploading. */
export const readSessions: EdgeRoute = ({ site, operation }, item) => {
  const audience = site.audiences.find(site.world.idOf(item));
  const sessions = audience?.sessions.list(operation.params.get('session_id')) ?? [];
  return writeJson({
    data: sessions.map(({ id, startedMs, received, invalid }) => ({
      session_id: id,
      start_time: String(Math.floor(startedMs / 1000)),
      end_time: '0',
      num_received: String(received),
      num_matched: '-1',
      num_invalid_entries: String(invalid),
      progress: '0',
      stage: 'uploading',
    })),
  });
};
