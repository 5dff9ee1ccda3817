import type { EdgeRoute } from '../route.ts';
import { addUsers, removeUsers } from './change-users.ts';
import { createAudience } from './create-audience.ts';
import { deleteAudience, editAudience } from './edit-audience.ts';
import { readSessions } from './read-sessions.ts';
import { removeUsersEverywhere } from './remove-everywhere.ts';
import { replaceUsers } from './replace-users.ts';

/** Edges by method, kind of the object above, and name. */
export const audienceEdgeRoutes: Readonly<Record<string, EdgeRoute>> = {
  'POST account/customaudiences': createAudience,
  'DELETE account/usersofanyaudience': removeUsersEverywhere,
  'POST audience/users': addUsers,
  'DELETE audience/users': removeUsers,
  'POST audience/usersreplace': replaceUsers,
  'GET audience/sessions': readSessions,
};

/** Writes to an audience itself, by method and kind. */
export const audienceNodeRoutes: Readonly<Record<string, EdgeRoute>> = {
  'POST audience': editAudience,
  'DELETE audience': deleteAudience,
};
