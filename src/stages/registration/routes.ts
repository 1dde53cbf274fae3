import { registerImports } from "./import/routes.ts";
import {
  doActivateAccount,
  doGrant,
  doRefuseAccount,
  doRemoveFactor,
  doReset,
  doRestore,
  doRevoke,
  doShowNumber,
  doSuspend,
  showAccount,
  showAccounts,
  showNumber,
} from "./accounts.page.tsx";
import { exportAccounts, exportPeople } from "./accounts.export.ts";
import type { Desk, Work, WorkAnswer } from "./desk.ts";
import { checkLedger, downloadLedger } from "./ledger-check.page.tsx";
import { type ActionTitles, saveLedger, showLedger } from "./ledger.page.tsx";
import { Denied, Missing } from "../../platform/errors.ts";
import {
  beginFactor,
  dropCalendar,
  confirmFactor,
  lendRole,
  makeCalendar,
  makeToken,
  readNotices,
  removeFactor,
  saveMail,
  savePassword,
  saveProfile,
  showMe,
  stopLending,
  stopSession,
} from "./me.page.tsx";
import { exportOrganizations, exportRegisters } from "./organizations.export.ts";
import {
  doActivate,
  doPlace,
  doRefuse,
  doUpdate,
  showOrganization,
  showOrganizations,
} from "./organizations.page.tsx";
import { doResend, saveOutbox, showOutbox } from "./outbox.page.tsx";
import { doActivatePerson, doRefusePerson, showPeople } from "./people.page.tsx";
import {
  doRegisterInstitution,
  doRegisterPerson,
  showRegister,
  showRegistered,
  showRegisterInstitution,
  showRegisterPerson,
} from "./register.page.tsx";
import {
  doAddProject,
  doAddRecord,
  doCloseProject,
  doWithdrawRecord,
  showRegisters,
} from "./registers.page.tsx";
import { doSignIn, doSignOut, showSignIn } from "./sign-in.page.tsx";

/** A list that one has no role for is not there. */
const forRoles =
  (render: (work: Work) => Promise<WorkAnswer>) =>
  async (work: Work): Promise<WorkAnswer> => {
    try {
      return await render(work);
    } catch (error) {
      throw error instanceof Denied ? new Missing("page") : error;
    }
  };

/** Pages of signing in, registering, accounts, organisations, registers and the ledger; `titles` names the actions of all stages. */
export const registerRegistration = ({ open, ...desk }: Desk, titles: ActionTitles): void => {
  const get = (path: string, render: (work: Work) => Promise<WorkAnswer>) => desk.get(path, forRoles(render));
  const post: Desk["post"] = (path, act, options) => desk.post(path, forRoles(act), options);
  open.get("/sign-in", showSignIn);
  open.post("/sign-in", doSignIn);
  open.post("/sign-out", doSignOut);
  open.get("/register", showRegister);
  open.get("/register/person", showRegisterPerson);
  open.post("/register/person", doRegisterPerson);
  open.get("/register/institution", showRegisterInstitution);
  open.post("/register/institution", doRegisterInstitution);
  open.get("/register/done", showRegistered);
  get("/me", showMe);
  post("/me/profile", saveProfile);
  post("/me/password", savePassword);
  post("/me/factor/begin", beginFactor);
  post("/me/factor/confirm", confirmFactor);
  post("/me/factor/remove", removeFactor);
  post("/me/tokens", makeToken);
  post("/me/sessions/end", stopSession);
  post("/me/delegations", lendRole);
  post("/me/delegations/end", stopLending);
  post("/me/notices/read", readNotices);
  post("/me/mail", saveMail);
  post("/me/calendar", makeCalendar);
  post("/me/calendar/remove", dropCalendar);
  get("/outbox", showOutbox);
  get("/outbox/export.xlsx", saveOutbox);
  post("/outbox/resend", doResend);
  get("/people", showPeople);
  get("/people/export.xlsx", exportPeople);
  post("/people/activate", doActivatePerson);
  post("/people/refuse", doRefusePerson);
  get("/accounts", showAccounts);
  get("/accounts/export.xlsx", exportAccounts);
  get("/accounts/:id", showAccount);
  post("/accounts/:id/activate", doActivateAccount);
  post("/accounts/:id/refuse", doRefuseAccount);
  post("/accounts/:id/suspend", doSuspend);
  post("/accounts/:id/restore", doRestore);
  post("/accounts/:id/reset", doReset);
  post("/accounts/:id/factor", doRemoveFactor);
  post("/accounts/:id/grant", doGrant);
  post("/accounts/:id/revoke", doRevoke);
  get("/numbers/:person", showNumber);
  post("/numbers/:person", doShowNumber);
  get("/organizations", showOrganizations);
  get("/organizations/export.xlsx", exportOrganizations);
  get("/organizations/:id", showOrganization);
  post("/organizations/:id/activate", doActivate);
  post("/organizations/:id/refuse", doRefuse);
  post("/organizations/:id/update", doUpdate);
  post("/organizations/:id/place", doPlace);
  get("/registers", showRegisters);
  get("/registers/export.xlsx", exportRegisters);
  post("/registers/projects", doAddProject);
  post("/registers/projects/close", doCloseProject);
  post("/registers/records", doAddRecord);
  post("/registers/records/withdraw", doWithdrawRecord);
  registerImports({ get, post });
  get("/ledger", showLedger(titles));
  get("/ledger/export.xlsx", saveLedger(titles));
  get("/ledger/check", checkLedger);
  get("/ledger/export", downloadLedger);
};
