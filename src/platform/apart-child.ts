import type { Told } from "./apart.ts";

/** The other side of `openApart`: one order at a time, of the shape the parent sends; ends when the parent lets go. */
export const serveApart = (work: (order: never) => unknown): void => {
  const tell = (told: Told<unknown>) => process.send?.(told);
  process.on("message", async (order: unknown) => {
    try {
      tell({ answer: await work(order as never) });
    } catch (error) {
      tell({ failed: error instanceof Error ? error.message : String(error) });
    }
  });
  process.once("disconnect", () => process.exit());
};
