import { said } from "./frame.ts";
import type { Row } from "./lists.ts";

/** Passed, and in no letter yet. */
export const isReady = (one: Row) => one.state === "DEPT_PASSED" && one.batch === null;

/** What is ticked, in the order of the numbers beside it; equal and missing numbers keep the order of the list. */
export const chosenInOrder = (form: URLSearchParams): readonly string[] =>
  form
    .getAll("n")
    .map((id, index) => {
      const typed = Number(said(form, `order.${id}`));
      return { id, index, order: Number.isFinite(typed) && typed > 0 ? typed : Number.MAX_SAFE_INTEGER };
    })
    .toSorted((a, b) => a.order - b.order || a.index - b.index)
    .map((one) => one.id);
