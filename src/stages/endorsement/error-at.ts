import { type Place, say } from "../../ui/place.ts";
import type { Trouble } from "../registration/desk.ts";

/** What is wrong at a field, in the reader's language. */
export const errorAt = (place: Place, trouble: Trouble | null, name: string): string | undefined => {
  const one =
    trouble?.findings.find(({ path, severity }) => path === name && severity === "error")?.message ??
    trouble?.faults.find((fault) => fault.place.endsWith(name))?.reason;
  return one === undefined ? undefined : say(place, one);
};
