import { exceptionList } from "./exception-queries.ts";
import { acceptanceItem } from "./item.ts";
import { purgeList } from "./purge-queries.ts";
import { acceptanceList } from "./queries.ts";
import { acceptApplication, refuseApplication, requestCorrection } from "./actions.ts";
import { advise } from "./advise.ts";
import { confirmException, proposeException, refuseException } from "./exceptions.ts";
import { proposePurge, purge } from "./purge.ts";
import { decideSimilar } from "./similar.ts";

/** What can be done at the acceptance desk and beside it. */
export const acceptanceActions = [
  requestCorrection,
  acceptApplication,
  refuseApplication,
  advise,
  decideSimilar,
  proposeException,
  confirmException,
  refuseException,
  proposePurge,
  purge,
] as const;

export const acceptanceQueries = [acceptanceList, acceptanceItem, exceptionList, purgeList] as const;
