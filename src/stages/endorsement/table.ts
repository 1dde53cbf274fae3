import { approve } from "./approve.ts";
import { confirmBudget, confirmSecrecy } from "./confirm.ts";
import { resubmitCorrection } from "./correction.ts";
import { reject, returnToInvestigator, withdraw, withdrawLate } from "./decide.ts";
import { seal } from "./seal.ts";
import { rank, remind, setInternalDeadline } from "./unit.ts";

/** The acts of an institution on the applications of its people. */
export const endorsementActions = [
  returnToInvestigator,
  approve,
  reject,
  withdraw,
  withdrawLate,
  seal,
  confirmBudget,
  confirmSecrecy,
  resubmitCorrection,
  rank,
  setInternalDeadline,
  remind,
];
