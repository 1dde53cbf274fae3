import { applicationList } from "./list.ts";
import { applicationPapers } from "./papers/list.ts";
import { applicationReceipt } from "./receipt.ts";
import { similarityRead } from "./similar/read.ts";
import { applicationTimeline } from "./timeline.ts";
import { applicationDiff, applicationVersions } from "./versions.ts";
import { applicationRead } from "./view.ts";

/** Every read of this stage, for the pages and the API. */
export const applicationQueries = [
  applicationList,
  applicationRead,
  applicationTimeline,
  applicationVersions,
  applicationDiff,
  applicationReceipt,
  applicationPapers,
  similarityRead,
];
