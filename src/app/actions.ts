import type { Action } from "../platform/action.ts";
import { applicationWriteActions } from "../stages/application/actions.ts";
import { applicationReadActions } from "../stages/application/consent-actions.ts";
import { callActions } from "../stages/call/actions.ts";
import { endorsementActions } from "../stages/endorsement/table.ts";
import { recommendationActions } from "../stages/recommendation/table.ts";
import { registrationActions } from "../stages/registration/table.ts";
import { acceptanceActions } from "../stages/acceptance/table.ts";
import { appealActions } from "../stages/appeal/table.ts";

/** Every action of the platform: from this one table come the API, its document, the permission matrix and the ledger's words. */
// oxlint-disable-next-line typescript/no-explicit-any -- each action has its own input, facts and result
export const actions: readonly Action<any, any, any>[] = [
  ...registrationActions,
  ...callActions,
  ...applicationWriteActions,
  ...applicationReadActions,
  ...endorsementActions,
  ...recommendationActions,
  ...acceptanceActions,
  ...appealActions,
];
