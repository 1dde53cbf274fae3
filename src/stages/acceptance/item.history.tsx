import { roles } from "../../core/role.ts";
import { ClauseChip } from "../../ui/clause.tsx";
import { type Place, say } from "../../ui/place.ts";
import { shortText } from "../endorsement/moment.ts";
import type { Item } from "./item.ts";
import { acceptanceWords } from "./words.ts";

/** What happened to the application, the latest first. */
export const History = ({ place, item }: { place: Place; item: Item }) => (
  <section id="history">
    <h2>{acceptanceWords(place).item.history}</h2>
    <div class="moj-timeline">
      {item.events.map((event) => (
        <div class="moj-timeline__item">
          <h3 class="moj-timeline__title">{say(place, event.title)}</h3>
          <p class="moj-timeline__byline">
            {[
              event.organization,
              event.role === null ? null : say(place, roles[event.role].title),
              event.name,
              shortText(event.at),
            ]
              .filter((one) => one !== null)
              .join("　")}
          </p>
          {(event.reason !== "" || event.codes.length > 0) && (
            <div class="moj-timeline__description">
              {event.codes.map(({ code, title, clause }) => (
                <span>
                  <span class="zn-code">{code}</span> {say(place, title)}{" "}
                  {clause !== "" && <ClauseChip place={place} id={clause} short />}{" "}
                </span>
              ))}
              {event.reason !== "" && <p class="zn-words">{event.reason}</p>}
            </div>
          )}
        </div>
      ))}
    </div>
  </section>
);
