import type { Desk } from "../registration/desk.ts";
import { registerBatch } from "./batch.routes.ts";
import { registerConfirm } from "./confirm.routes.ts";
import { registerConfirmations } from "./confirmations.routes.ts";
import { registerDeadline } from "./deadline.routes.ts";
import { registerItem } from "./item.routes.ts";
import { registerQueue } from "./queue.routes.ts";
import { registerRank } from "./rank.routes.ts";

/** Pages of the institution. Each form posts and is answered by another address, or by itself with what was entered. */

export const registerEndorsement = (desk: Desk): void => {
  registerQueue(desk);
  registerConfirmations(desk);
  registerBatch(desk);
  registerRank(desk);
  registerDeadline(desk);
  registerItem(desk);
  registerConfirm(desk);
};
