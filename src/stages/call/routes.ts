import { renderCall } from "./call.page.tsx";
import { renderContacts } from "./contacts.page.tsx";
import { renderCoverage } from "./coverage.page.tsx";
import { renderDirections } from "./directions.page.tsx";
import { registerDownloads } from "./downloads.routes.ts";
import { renderFind } from "./find.page.tsx";
import { renderGuide } from "./guide.page.tsx";
import { renderPolicies } from "./policies.page.tsx";
import { registerSelfCheck } from "./self-check.routes.ts";
import type { Site } from "./site.ts";

/** Pages of the call: what it offers, its guide, its directions, who answers questions. */
export const registerCall = (site: Site): void => {
  site.get("/", renderCall, "minute");
  site.get("/guide", renderGuide, "pack");
  site.get("/directions", renderDirections, "pack");
  site.get("/directions/find", renderFind, "pack");
  site.get("/contacts", renderContacts, "pack");
  site.get("/coverage", renderCoverage, "pack");
  registerDownloads(site);
  registerSelfCheck(site);
  site.shared("/policies", renderPolicies(site), "pack");
};
