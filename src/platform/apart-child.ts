import type { Told } from "./apart.ts";

/** The other side of `openApart`: one order at a time; ends when the parent lets go. */
export const serveApart = <Order>(work: (order: Order) => unknown): void => {
  const tell = (told: Told<unknown>) => process.send?.(told);
  process.on("message", async (order: Order) => {
    try {
      tell({ answer: await work(order) });
    } catch (error) {
      tell({ failed: error instanceof Error ? error.message : String(error) });
    }
  });
  process.once("disconnect", () => process.exit());
};
