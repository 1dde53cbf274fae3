import { countCharacters } from "./count-characters.ts";
import { countDown } from "./count-down.ts";
import { followReading } from "./follow-reading.ts";

/** Small comforts. Every page works without this file. */
countDown();
countCharacters();
followReading();
document.querySelector<HTMLElement>("[data-focus]")?.focus();
document.querySelector("[data-print]")?.addEventListener("click", (event) => {
  event.preventDefault();
  print();
});
