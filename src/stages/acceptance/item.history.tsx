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
    <ol class="zn-history">
      {item.events.map((event) => (
        <li>
          <strong class="zn-strong">{say(place, event.title)}</strong>
          <span class="zn-sub">
            {[
              event.organization,
              event.role === null ? null : say(place, roles[event.role].title),
              event.name,
              shortText(event.at),
            ]
              .filter((one) => one !== null)
              .join("　")}
          </span>
          {(event.reason !== "" || event.codes.length > 0) && (
            <div>
              {event.codes.map(({ code, title, clause }) => (
                <span>
                  <span class="zn-code">{code}</span> {say(place, title)}{" "}
                  {clause !== "" && <ClauseChip place={place} id={clause} short />}{" "}
                </span>
              ))}
              {event.reason !== "" && <p class="zn-words">{event.reason}</p>}
            </div>
          )}
        </li>
      ))}
    </ol>
  </section>
);
