import { useState } from "react";
import type { ListenerView, OffersEvents } from "../../generated/api";
import { AddListenerModal } from "../../shared/listeners/AddListenerModal";
import { RemoveListener } from "../../shared/listeners/RemoveListener";
import { ReplaceTokenModal } from "../../shared/listeners/ReplaceTokenModal";
import { useListenerDraft } from "../../shared/listeners/useListenerDraft";
import classes from "./OfferEvents.module.css";
import { OfferEventRow } from "./OfferEventRow";

type Asked = { what: "remove" | "replace"; listener: ListenerView } | null;

/** The four events that matter to an offer letter, each with its listener (AG-04). */
export function OfferEvents({ events, to_set_up: toSetUp }: OffersEvents) {
  const [asked, setAsked] = useState<Asked>(null);
  const listeners = events.flatMap(({ listener }) => listener ?? []);
  const draft = useListenerDraft((event) => ({ integration: "offer_letters", event }), listeners);
  const choices = events.map(({ event, label }) => ({ event, label, used: true }));
  const replace = (listener: ListenerView) => setAsked({ what: "replace", listener });
  return (
    <>
      <ul className={classes.rows} data-testid="ats-events">
        {events.map((row) => (
          <li key={row.event} className={classes.row} data-testid={`ats-event-${row.event}`}>
            <OfferEventRow
              row={row}
              canSetUp={toSetUp.includes(row.event)}
              onAdd={() => draft.open(row.event)}
              onContinue={draft.resume}
              onReplaceToken={replace}
              onRemove={(listener) => setAsked({ what: "remove", listener })}
            />
          </li>
        ))}
      </ul>
      <AddListenerModal events={choices} draft={draft} onReplaceToken={replace} />
      <ReplaceTokenModal listener={asked?.what === "replace" ? asked.listener : null} onClose={() => setAsked(null)} />
      <RemoveListener listener={asked?.what === "remove" ? asked.listener : null} onClose={() => setAsked(null)} />
    </>
  );
}
