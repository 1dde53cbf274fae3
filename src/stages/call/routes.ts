import { renderCall } from "./call.page.tsx";
import type { Site } from "./site.ts";

/** Pages of the call: what it offers, its guide, its directions, who answers questions. */
export const registerCall = (site: Site): void => {
  site.get("/", renderCall, "minute");
};
