import { recordCreditCheck } from "./credit.ts";
import { declineApplication, passApplication, returnApplication } from "./initial.ts";
import { issueLetter } from "./issue.ts";
import { registerOffPlatform, withdrawOffPlatform } from "./off-platform.ts";
import { logPaper } from "./paper.ts";
import { attachScan, changeBatch, prepareBatch } from "./prepare.ts";
import { recallLetter, withdrawRecommended } from "./recall.ts";

/** Acts of the competent department, and of the bureau on its letters. */
export const recommendationActions = [
  recordCreditCheck,
  returnApplication,
  passApplication,
  declineApplication,
  prepareBatch,
  changeBatch,
  attachScan,
  issueLetter,
  recallLetter,
  withdrawRecommended,
  logPaper,
  registerOffPlatform,
  withdrawOffPlatform,
] as const;
