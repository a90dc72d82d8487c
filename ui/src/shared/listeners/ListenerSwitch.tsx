import { Switch } from "@mantine/core";
import { useAction } from "../../commands";
import type { ListenerView } from "../../generated/api";
import { Problem } from "../Problem";

/** Whether the events of a listener are run. */
export function ListenerSwitch({ listener }: { listener: ListenerView }) {
  const change = useAction("listeners.switch");
  const { id, on, event_label: label } = listener;
  return (
    <>
      <Switch
        size="sm"
        checked={change.isPending ? !on : on}
        disabled={change.isPending}
        aria-label={`Run events of ${label}`}
        onChange={(event) => change.mutate({ id, on: event.currentTarget.checked })}
      />
      {change.error && <Problem error={change.error} />}
    </>
  );
}
