import { createFaultError } from '../faults/fault-error.ts';
import type { EdgeRoute } from '../route.ts';
import { writeJson } from '../world/json-text.ts';
import { parseSettings } from './audience-settings.ts';
import { checkWritable } from './write-access.ts';

/** `POST /{audience}`: changes its name, description and the like. */
export const editAudience: EdgeRoute = (request, item) => {
  const { site, operation } = request;
  const { audiences, world, clock } = site;
  checkWritable(request, item);
  const settings = parseSettings(operation.params);
  const audience = audiences.open(item);
  if (audiences.stateOf(audience.id).sharedAway === true) throw createFaultError('not_shared_1487301');
  if (audiences.statusOf(audience) === 471) throw createFaultError('edit_blocked_1713231');
  audience.fields = { ...audience.fields, ...settings };
  world.overlay.change(audience.id, { updatedMs: Math.floor(clock.now() / 1000) * 1000, patch: {} });
  return writeJson({ success: true, message: '' });
};

/** `DELETE /{audience}`: takes it away for good. */
export const deleteAudience: EdgeRoute = (request, item) => {
  const { audiences, world, counters } = request.site;
  checkWritable(request, item);
  const audience = audiences.open(item);
  const { sharedAway, hasLookalikes } = audiences.stateOf(audience.id);
  if (sharedAway === true) throw createFaultError('not_shared_1487301');
  if (hasLookalikes === true) throw createFaultError('has_lookalikes_2656');
  audience.forgetMembers();
  world.overlay.remove(audience.id);
  counters.audiences.deleted += 1;
  return writeJson({ success: true });
};
