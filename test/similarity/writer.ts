import process from "node:process";
import { openSimilarity } from "../../src/platform/similarity.ts";
import { documentOf } from "./writer-corpus.ts";

/** Run by tests to be killed: adds documents one by one, or at once, and says the number of each that is saved. */
const [place = "", from = "0", to = "0", atOnce] = process.argv.slice(2);
const index = await openSimilarity(place, { write: true });
for (let number = Number(from); number < Number(to); number += 1) {
  index.put(documentOf(number));
  if (atOnce !== undefined) continue;
  index.save();
  process.stdout.write(`${number}\n`);
}
index.save();
index.close();
