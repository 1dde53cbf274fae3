import type { Desk } from "../registration/desk.ts";
import { doExtend, showCall, showCalls } from "./calls.page.tsx";

/** The planning officer's pages of calls. */
export const registerCalls = (desk: Desk): void => {
  desk.get("/calls", showCalls);
  desk.get("/calls/:id", showCall);
  desk.post("/calls/:id", doExtend);
};
