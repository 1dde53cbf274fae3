import { decideAppeal, fileAppeal } from "./actions.ts";

export const appealActions = [fileAppeal, decideAppeal] as const;
