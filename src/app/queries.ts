import type { Query } from "../platform/query.ts";
import { ledgerQueries } from "../stages/registration/ledger.ts";
import { registrationQueries } from "../stages/registration/queries.ts";
import { callRead } from "../stages/call/queries.ts";
import { applicationQueries } from "../stages/application/queries.ts";
import { recommendationQueries } from "../stages/recommendation/queries.ts";
import { acceptanceQueries } from "../stages/acceptance/table.ts";
import { appealQueries } from "../stages/appeal/queries.ts";

/** Every read of the platform that the API offers. */
// oxlint-disable-next-line typescript/no-explicit-any -- each query has its own input and result
export const queries: readonly Query<any, any>[] = [
  ...registrationQueries,
  ...ledgerQueries,
  callRead,
  ...applicationQueries,
  ...recommendationQueries,
  ...acceptanceQueries,
  ...appealQueries,
];
