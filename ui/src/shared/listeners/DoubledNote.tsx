import { Notice } from "../Notice";
import { useCommand } from "../../commands";

/** Lever calls the address of a listener more than once, where the connection may see that. */
export function DoubledNote({ listener }: { listener: string }) {
  const doubled = useCommand("listeners.doubled", {}).data?.find(({ listener_id }) => listener_id === listener);
  if (doubled === undefined) return null;
  return (
    <Notice tone="wait">
      Lever has {doubled.webhooks} webhooks with this address, so each event comes {doubled.webhooks} times. It runs
      once all the same. Delete all but one in Lever.
    </Notice>
  );
}
