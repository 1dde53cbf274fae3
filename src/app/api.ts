import type { FastifyInstance } from "fastify";
import type { Platform } from "../platform/platform.ts";

export const registerApi = (app: FastifyInstance, platform: Platform): void => {
  void app;
  void platform;
};
