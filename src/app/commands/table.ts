import { assign } from "./assign.ts";
import { check } from "./check.ts";
import type { Command } from "./command.ts";
import { directionSuggest } from "./direction-suggest.ts";
import { docsWrite } from "./docs-write.ts";
import { guideCoverage } from "./guide-coverage.ts";
import { guideParse } from "./guide-parse.ts";
import { keysNew } from "./keys-new.ts";
import { ledgerExport } from "./ledger-export.ts";
import { ledgerVerify } from "./ledger-verify.ts";
import { policyCheck } from "./policy-check.ts";
import { policyPublish } from "./policy-publish.ts";
import { sealVerify } from "./seal-verify.ts";
import { similarAdd, similarRemove } from "./similar-change.ts";
import { similarIndex } from "./similar-index.ts";
import { similarQuery } from "./similar-query.ts";

/** A new command is one file and one entry here. */
export const commands: readonly Command[] = [
  guideParse,
  guideCoverage,
  check,
  directionSuggest,
  assign,
  policyCheck,
  policyPublish,
  similarIndex,
  similarQuery,
  similarAdd,
  similarRemove,
  ledgerVerify,
  ledgerExport,
  sealVerify,
  keysNew,
  docsWrite,
];
