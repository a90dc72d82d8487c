import { useAction } from "../../commands";
import type { ListenerView } from "../../generated/api";
import { useAnnounce } from "../announce";
import { Confirm } from "../Confirm";
import { Problem } from "../Problem";

/** Asks before a listener is removed and says what Lever will do then. */
export function RemoveListener({ listener, onClose }: { listener: ListenerView | null; onClose: () => void }) {
  const announce = useAnnounce();
  const remove = useAction("listeners.remove");
  const close = () => {
    remove.reset();
    onClose();
  };
  const confirm = () => {
    if (listener === null) return;
    remove.mutate(
      { id: listener.id },
      {
        onSuccess: () => {
          announce(`Listener for ${listener.event_label} removed`);
          close();
        },
      },
    );
  };
  return (
    <Confirm
      opened={listener !== null}
      title={`Remove the listener for ${listener?.event_label ?? ""}?`}
      verb="Remove listener"
      busy={remove.isPending}
      onConfirm={confirm}
      onClose={close}
    >
      {listener?.integration === "offer_letters"
        ? "Letters do not follow this event any more. Those that are there stay."
        : "Nobody enters this workflow through it any more. People who are in it stay."}{" "}
      {listener?.set_up === "made" || listener?.set_up === "interrupted"
        ? "Fulcrum deletes its webhook in Lever, now or as soon as Lever answers."
        : "Lever gets errors from this address until you remove its webhook under Settings > Integrations and API > Webhooks."}
      {remove.error && <Problem error={remove.error} />}
    </Confirm>
  );
}
