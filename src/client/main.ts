import { countDown } from "./count-down.ts";
import { followReading } from "./follow-reading.ts";

/** Small comforts. Every page works without this file. */
countDown();
followReading();
document.querySelector<HTMLElement>("[data-focus]")?.focus();
document.querySelector("[data-print]")?.addEventListener("click", (event) => {
  event.preventDefault();
  print();
});
