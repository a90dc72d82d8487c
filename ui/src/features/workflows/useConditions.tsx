import { useAction, useCommand } from "../../commands";
import type { Admission, EventChoice } from "../../generated/api";
import type { Conditions } from "../../shared/listeners/AddListenerModal";
import type { ListenerDraft } from "../../shared/listeners/useListenerDraft";
import { Problem } from "../../shared/Problem";
import { AdmissionFields } from "./AdmissionFields";
import { StageField } from "./StageField";

/** Whom the listener that is being added lets in, saved with each choice. */
export function useConditions({ event, listenerId }: ListenerDraft, events: readonly EventChoice[]): Conditions {
  const admit = useAction("listeners.admit");
  const listener = useCommand("listeners.show", { id: listenerId ?? "" }, { enabled: listenerId !== null });
  const choice = events.find((one) => one.event === event);
  const ofStages = event === "candidateStageChange";
  const mine = admit.variables?.id === listenerId;

  // What was chosen last counts until the listener is read again, so that a quick second choice builds on it.
  const chosen = admit.isError || !mine ? undefined : admit.variables?.admission;
  const admission = choice?.used ? (chosen ?? listener.data?.admission) : undefined;
  const change = (admission: Admission) => {
    if (listenerId !== null) admit.mutate({ id: listenerId, admission });
  };
  return {
    lacking: ofStages && listener.data?.admission.stage == null ? "Choose the stage first." : null,
    first: admission && ofStages && <StageField value={admission} onChange={change} />,
    last: (
      <>
        {admission && <AdmissionFields value={admission} onChange={change} />}
        {mine && admit.error && <Problem error={admit.error} />}
      </>
    ),
  };
}
