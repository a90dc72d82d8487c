import { useAction } from "../../commands";
import type { OffersEvent } from "../../generated/api";
import type { CommandError } from "../../host";
import { useAnnounce } from "../../shared/announce";

interface SetUp {
  isPending: boolean;
  error: CommandError | null;
  run: () => void;
}

/** *Set up for me* of an event: its listener is begun where there is none, and then its webhook made in Lever. */
export function useSetUp({ event, label, listener }: OffersEvent): SetUp {
  const announce = useAnnounce();
  const begin = useAction("listeners.begin");
  const make = useAction("listeners.set_up");
  const makeFor = ({ id }: { id: string }) =>
    make.mutate({ id }, { onSuccess: () => announce(`Lever made the webhook for ${label}`) });
  return {
    isPending: begin.isPending || make.isPending,
    error: begin.error ?? make.error,
    run: () => {
      make.reset();
      if (listener === null) begin.mutate({ integration: "offer_letters", event }, { onSuccess: makeFor });
      else makeFor(listener);
    },
  };
}
