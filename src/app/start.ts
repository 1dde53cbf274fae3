import process from "node:process";
import { readConfig } from "./config.ts";
import { buildServer } from "./web.ts";

/** `npm start`. */
const main = async () => {
  const config = readConfig(process.env, Date.now(), () => performance.now());
  const app = await buildServer({ clock: config.clock, demo: config.demo });
  try {
    const address = await app.listen({ host: config.host, port: config.port });
    console.log(`指南已启动：${address}\nZhinan is running: ${address}/en`);
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === "EADDRINUSE";
    if (!taken) throw error;
    console.error(
      `端口 ${config.port} 已被占用，请换一个：PORT=8081\nPort ${config.port} is taken; choose another: PORT=8081`,
    );
    process.exitCode = 1;
    await app.close();
    return;
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void app.close());
};

await main();
