import { importActions } from "./import/actions.ts";
import {
  activateInstitution,
  placeInstitution,
  refuseInstitution,
  registerInstitution,
  updateInstitution,
} from "./institutions.ts";
import { changePassword, resetPassword } from "./passwords.ts";
import {
  activatePerson,
  refusePerson,
  registerPerson,
  restore,
  suspend,
  unmask,
  updateProfile,
} from "./people.ts";
import { addIntegrityRecord, addProject, closeProject, withdrawIntegrityRecord } from "./registers.ts";
import { delegate, endDelegation, grantRole, revokeRole } from "./roles.ts";
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor } from "./second-factor.ts";
import { closeCalendar, openCalendar } from "./calendar.ts";
import { resendLetter, setMail } from "./outbox.ts";
import { createToken, endOwnSession } from "./tokens.ts";

/** Every action of registration. */
export const registrationActions = [
  registerInstitution,
  registerPerson,
  activateInstitution,
  refuseInstitution,
  updateInstitution,
  placeInstitution,
  activatePerson,
  refusePerson,
  updateProfile,
  suspend,
  restore,
  grantRole,
  revokeRole,
  delegate,
  endDelegation,
  changePassword,
  resetPassword,
  beginSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  createToken,
  endOwnSession,
  setMail,
  openCalendar,
  closeCalendar,
  resendLetter,
  unmask,
  addProject,
  closeProject,
  addIntegrityRecord,
  withdrawIntegrityRecord,
  ...importActions,
] as const;
