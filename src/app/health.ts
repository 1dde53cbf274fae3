import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Platform } from "../platform/platform.ts";

/** `/livez`: the process answers. `/readyz`: it can do its work (503 while the database is away). `/metrics`: Prometheus. */
export const registerHealth = (
  app: FastifyInstance,
  platform: Platform | undefined,
  know: (url: string, method: string) => void,
): void => {
  for (const url of ["/livez", "/readyz", "/metrics"]) know(url, "GET");
  app.get("/livez", (_request, reply) => reply.header("cache-control", "no-store").send({ status: "ok" }));
  app.get("/readyz", async (_request, reply) => {
    reply.header("cache-control", "no-store");
    if (platform === undefined) return { status: "ok" };
    try {
      await sql`select 1`.execute(platform.database.kysely);
      return { status: "ok" };
    } catch {
      return reply.code(503).header("retry-after", "5").send({ status: "unavailable", part: "database" });
    }
  });
  if (platform === undefined) return;

  const register = new Registry();
  collectDefaultMetrics({ register });
  const duration = new Histogram({
    name: "http_request_duration_seconds",
    help: "Time from the request to its answer, by route pattern and status; no address, no query, no person.",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [register],
  });
  const gauges = [
    ["database_connections", "Open connections of the pool.", () => platform.database.pool.totalCount],
    [
      "database_connections_waiting",
      "Requests that wait for a connection.",
      () => platform.database.pool.waitingCount,
    ],
  ] as const;
  for (const [name, help, value] of gauges)
    register.registerMetric(
      new Gauge({
        name,
        help,
        registers: [],
        collect() {
          this.set(value());
        },
      }),
    );
  app.addHook("onResponse", async (request, reply) => {
    const route = request.routeOptions.url ?? "none";
    const seconds = reply.elapsedTime / 1000;
    duration.observe({ method: request.method, route, status: String(reply.statusCode) }, seconds);
    request.log.info({
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
  app.get("/metrics", async (_request, reply) =>
    reply
      .header("cache-control", "no-store")
      .type(register.contentType)
      .send(await register.metrics()),
  );
};
