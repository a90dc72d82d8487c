import { useState } from "react";
import { useAction } from "../../commands";
import type { LeverEvent, ListenerView } from "../../generated/api";
import type { CommandError, Request } from "../../host";

export interface ListenerDraft {
  opened: boolean;
  /** The event that the second dropdown shows. */
  event: LeverEvent | null;
  /** The listener behind it, once it was begun. */
  listenerId: string | null;
  error: CommandError | null;
  /** Opens the modal with an event. */
  open: (event: LeverEvent) => void;
  /** Opens the modal where it was left. */
  resume: (listener: ListenerView) => void;
  choose: (event: LeverEvent) => void;
  close: () => void;
}

/**
 * The listener that is being added, with what it is to be for. Its address goes live as soon as the event is known, so
 * that it can be copied at once; a draft of the same event is taken up again instead of beginning another one.
 */
export function useListenerDraft(
  request: (event: LeverEvent) => Request<"listeners.begin">,
  listeners: readonly ListenerView[],
): ListenerDraft {
  const [opened, setOpened] = useState(false);
  const [event, setEvent] = useState<LeverEvent | null>(null);
  const [listenerId, setListenerId] = useState<string | null>(null);
  const begin = useAction("listeners.begin");

  const choose = (chosen: LeverEvent) => {
    setEvent(chosen);
    begin.reset();
    const draft = listeners.find((listener) => listener.state === "draft" && listener.event === chosen);
    setListenerId(draft?.id ?? null);
    if (draft) return;
    begin.mutate(request(chosen), { onSuccess: (listener) => setListenerId(listener.id) });
  };
  return {
    opened,
    event,
    listenerId,
    error: begin.error,
    open: (chosen) => {
      setOpened(true);
      choose(chosen);
    },
    resume: (listener) => {
      setOpened(true);
      begin.reset();
      setEvent(listener.event);
      setListenerId(listener.id);
    },
    choose,
    close: () => setOpened(false),
  };
}
