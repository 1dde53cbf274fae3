import type { Desk } from "../registration/desk.ts";
import { registerCredit } from "./credit.routes.ts";
import { registerDepartment } from "./department.routes.ts";
import { registerItem } from "./item.routes.ts";
import { registerLetter } from "./letter.routes.ts";
import { registerLetters } from "./letters.routes.ts";
import { registerOffPlatformPages } from "./off-platform.routes.ts";

export const registerRecommendation = (desk: Desk): void => {
  registerDepartment(desk);
  registerCredit(desk);
  registerItem(desk);
  registerLetters(desk);
  registerLetter(desk);
  registerOffPlatformPages(desk);
};
