import type { Desk } from "../stages/registration/desk.ts";

/** The pages of every stage for people who are signed in, in the order of the procedure. */
export const registerDesks = (desk: Desk): void => {
  void desk;
};
