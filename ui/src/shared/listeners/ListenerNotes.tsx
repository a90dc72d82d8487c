import { Text } from "@mantine/core";
import type { ListenerView } from "../../generated/api";
import { DoubledNote } from "./DoubledNote";
import { SetUpForMe } from "./SetUpForMe";

/** What is to be known of a listener beside how far it is. */
export function ListenerNotes({ listener }: { listener: ListenerView }) {
  const { state, set_up: setUp } = listener;
  return (
    <>
      {!listener.on && (
        <Text size="sm">
          {listener.paused
            ? "Lever was disconnected. What arrives waits here, and connecting the same organisation again switches it on."
            : "What arrives is stored and not run. The address lives on."}
        </Text>
      )}
      {listener.endpoint_problem !== null && <Text size="sm">{listener.endpoint_problem}</Text>}
      <DoubledNote listener={listener.id} />
      {state === "token_did_not_match" && (
        <Text size="sm">
          Events arrive, but their signature does not fit the saved token. Copy the Signature token of this event
          from Lever again.
        </Text>
      )}
      {(setUp === "gone" || setUp === "interrupted") && state !== "draft" && <SetUpForMe listener={listener} blocked={false} />}
      {setUp === "made" && (
        <Text size="xs" c="dimmed">
          Fulcrum made its webhook: only Fulcrum can change or delete it, and removing this listener deletes it in
          Lever.
        </Text>
      )}
    </>
  );
}
