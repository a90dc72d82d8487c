import { useState } from "react";
import { useAction } from "../../commands";
import type { LeverEvent, ListenerView, WorkflowView } from "../../generated/api";
import type { CommandError } from "../../host";

export interface ListenerDraft {
  opened: boolean;
  /** The event that the second dropdown shows. */
  event: LeverEvent | null;
  /** The listener behind it, once it was begun. */
  listenerId: string | null;
  error: CommandError | null;
  /** Opens the modal with the usual event. */
  open: () => void;
  /** Opens the modal where it was left. */
  resume: (listener: ListenerView) => void;
  choose: (event: LeverEvent) => void;
  close: () => void;
}

/**
 * The listener that is being added. Its address goes live as soon as the event is known, so that it can be copied
 * at once; a draft of the same event is taken up again instead of beginning another one.
 */
export function useListenerDraft({ id, listeners, events }: WorkflowView): ListenerDraft {
  const [opened, setOpened] = useState(false);
  const [event, setEvent] = useState<LeverEvent | null>(null);
  const [listenerId, setListenerId] = useState<string | null>(null);
  const begin = useAction("listeners.begin");

  const take = (chosen: LeverEvent) => {
    setEvent(chosen);
    begin.reset();
    const draft = listeners.find((listener) => listener.state === "draft" && listener.event === chosen);
    setListenerId(draft?.id ?? null);
    if (draft) return;
    begin.mutate({ integration: "onboarding", workflow_id: id, event: chosen }, { onSuccess: (listener) => setListenerId(listener.id) });
  };
  return {
    opened,
    event,
    listenerId,
    error: begin.error,
    open: () => {
      setOpened(true);
      const usual = usualEvent(events);
      if (usual) take(usual);
    },
    resume: (listener) => {
      setOpened(true);
      begin.reset();
      setEvent(listener.event);
      setListenerId(listener.id);
    },
    choose: take,
    close: () => setOpened(false),
  };
}

/** *Candidate hired*, or else the first event that the workflow acts on. */
function usualEvent(events: WorkflowView["events"]): LeverEvent | undefined {
  const used = events.filter((choice) => choice.used);
  return (used.find(({ event }) => event === "candidateHired") ?? used[0] ?? events[0])?.event;
}
